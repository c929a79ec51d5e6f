/// A column of figures in a table of measurements.
struct Column: Sendable {
  /// What stands above it.
  let heading: String
  /// What it says of a measurement; nil if it has nothing to say.
  let cell: @Sendable (Measurement) -> String?

  /// The middle of all timings.
  static let median = Column(heading: "median µs") { measurement in
    measurement.secondsPerStep.map { NumberText.microseconds($0.median) }
  }

  /// Where the middle half of all timings lies.
  static let quartiles = Column(heading: "quartiles") { measurement in
    measurement.secondsPerStep.map {
      "\(NumberText.microseconds($0.lowerQuartile)) – \(NumberText.microseconds($0.upperQuartile))"
    }
  }

  /// 10⁹ operations a second.
  static let rate = Column(heading: "GFLOP/s") { measurement in
    measurement.gigaflops.map { NumberText.fixed($0, 1) }
  }

  /// The rate as a part of what the processor can do.
  static let ofPeak = Column(heading: "of peak") { measurement in
    measurement.partOfPeak.map { NumberText.percent($0) }
  }

  /// What the operations alone would take.
  static let atPeak = Column(heading: "at peak µs") { measurement in
    measurement.secondsAtPeak.map(NumberText.microseconds)
  }

  /// The rate as a part of the highest of the row.
  static let ofBest = Column(heading: "of best") { measurement in
    measurement.partOfBest.map(NumberText.percent)
  }

  /// A part's time as a part of all.
  static let share = Column(heading: "of step") { measurement in
    measurement.share.map(NumberText.percent)
  }

  /// How many times as fast as the one that it is compared with.
  static func speed(_ heading: String) -> Column {
    Column(heading: heading) { measurement in
      measurement.relativeSpeed.map { NumberText.fixed($0, 2) }
    }
  }
}
