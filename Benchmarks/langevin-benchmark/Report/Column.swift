/// A column of figures in a table of measurements.
struct Column: Sendable {
  /// The heading of the column.
  let heading: String
  /// The text for a measurement; nil if there is no value.
  let cell: @Sendable (Measurement) -> String?

  /// The median of the timings.
  static let median = Column(heading: "median µs") { measurement in
    measurement.secondsPerStep.map { NumberText.microseconds($0.median) }
  }

  /// The quartiles of the timings.
  static let quartiles = Column(heading: "quartiles") { measurement in
    measurement.secondsPerStep.map {
      "\(NumberText.microseconds($0.lowerQuartile)) – \(NumberText.microseconds($0.upperQuartile))"
    }
  }

  /// The rate, in 10⁹ operations per second.
  static let rate = Column(heading: "GFLOP/s") { measurement in
    measurement.gigaflops.map { NumberText.fixed($0, 1) }
  }

  /// The rate relative to the peak.
  static let ofPeak = Column(heading: "of peak") { measurement in
    measurement.partOfPeak.map { NumberText.percent($0) }
  }

  /// The time of the operations alone at the peak.
  static let atPeak = Column(heading: "at peak µs") { measurement in
    measurement.secondsAtPeak.map(NumberText.microseconds)
  }

  /// The rate relative to the highest rate of the row.
  static let ofBest = Column(heading: "of best") { measurement in
    measurement.partOfBest.map(NumberText.percent)
  }

  /// The time of a part relative to the whole step.
  static let share = Column(heading: "of step") { measurement in
    measurement.share.map(NumberText.percent)
  }

  /// Returns the column of the speed relative to the contender of comparison.
  static func speed(_ heading: String) -> Column {
    Column(heading: heading) { measurement in
      measurement.relativeSpeed.map { NumberText.fixed($0, 2) }
    }
  }
}
