import Evaluation
import Foundation
import LinearAlgebra
import Testing

/// All measures together: floors, seeds, omissions, bad input, and text.
@Suite struct EvaluationTests {
  private static let real = ReferencePoints.drawn { gaussian(120, seed: $0) }

  @Test func measuresHaveDistinctNames() {
    #expect(
      Measure.allCases.map(\.rawValue) == [
        "sliced_w2", "exact_w2", "energy", "mmd2", "frechet", "knn_kl_bits", "c2st", "precision",
        "recall", "density", "coverage", "nearest_training_distance", "nearest_training_share",
        "mean_difference", "std_difference",
      ])
  }

  @Test func valuesStandBesideFloors() throws {
    let report = try Evaluator(seeds: 2, threads: 2).evaluate(
      samples: gaussian(120, seed: 1, shift: 2), against: Self.real,
      training: gaussian(120, seed: 2))
    #expect(report.results.map(\.measure) == Measure.allCases)
    #expect(report.omitted.isEmpty)
    for result in report.results {
      #expect(result.points == 120 && result.value.values.count == 2)
      switch result.goal {
      case .smaller where result.measure != .standardDeviationDifference:
        #expect(result.value.minimum > result.floor.maximum)
        #expect(!result.reachesFloor)
      case .larger: #expect(result.value.maximum < result.floor.minimum)
      default: break
      }
    }
    let c2st = try #require(report[.c2st])
    #expect(c2st.value.mean > 0.8 && c2st.floor.mean < 0.7)
  }

  @Test func resultsAreThoseOfTheMeasures() throws {
    let samples = gaussian(50, seed: 1)
    let report = try Evaluator(measures: [.energy, .frechet], seeds: 1, seed: 7, threads: 1)
      .evaluate(samples: samples, against: Self.real)
    let (first, second) = (gaussian(120, seed: 7), gaussian(120, seed: 8).rows(0..<50))
    #expect(report.results.map(\.measure) == [.energy, .frechet])
    let energy = try #require(report[.energy])
    let value = try Distance.energy(samples: samples, reference: first)
    #expect(abs(energy.value.mean - value) < 1e-12)  // The evaluator shuffles the samples.
    #expect(energy.floor.mean == (try Distance.energy(samples: second, reference: first)))
  }

  @Test func threadsDoNotMatter() throws {
    let samples = gaussian(60, seed: 3)
    let one = try Evaluator(seeds: 2, threads: 1).evaluate(samples: samples, against: Self.real)
    let three = try Evaluator(seeds: 2, threads: 3).evaluate(samples: samples, against: Self.real)
    #expect(one == three)
  }

  /// The halves of a set have no point in common, so the floor is not 0.
  @Test func oneSetIsHalved() throws {
    let points = Matrix<Float>(rows: 21, columns: 1) { row, _ in Float(row) }
    let report = try Evaluator(
      measures: [.nearestTrainingDistance, .exactW2], seeds: 3, threads: 1
    )
    .evaluate(samples: points, against: .points(points), training: gaussian(9, 1, seed: 1))
    let exact = try #require(report[.exactW2])
    #expect(exact.points == 10)
    #expect(exact.floor.minimum > 0)
    #expect(Set(exact.floor.values).count == 3)
  }

  @Test func whatCannotBeMeasuredIsLeftOut() throws {
    let same = Matrix<Float>(rows: 30, columns: 2, repeating: 1)
    let report = try Evaluator(
      measures: [.knnKL, .nearestTrainingShare, .slicedW2], seeds: 1, threads: 1
    ).evaluate(samples: same, against: Self.real)
    #expect(report.results.map(\.measure) == [.slicedW2, .knnKL])
    #expect(report.omitted.map(\.measure) == [.nearestTrainingShare])
    #expect(report.omitted[0].reason == EvaluationError.noTrainingSet.description)

    let few = try Evaluator(measures: [.precision, .knnKL, .energy], seeds: 1, threads: 1)
      .evaluate(samples: gaussian(4, seed: 1), against: Self.real)
    #expect(few.results.map(\.measure) == [.energy])
    #expect(few.omitted.map(\.measure) == [.knnKL, .precision])
  }

  /// Sums of coordinates overflow `Float`. A report must not contain numbers that JSON cannot represent.
  @Test func distancesBeyondAllNumbersAreLeftOut() throws {
    let far = Matrix<Float>(rows: 30, columns: 2, repeating: 3e38)
    let report = try Evaluator(measures: [.slicedW2, .energy], seeds: 1, threads: 1)
      .evaluate(samples: far, against: Self.real)
    #expect(report.results.map(\.measure) == [.energy])
    #expect(report.omitted.map(\.measure) == [.slicedW2])
    #expect(report.omitted.first?.reason.contains("scale both sets down") == true)
  }

  @Test func coincidingPointsAreReported() {
    let same = Matrix<Float>(rows: 30, columns: 2, repeating: 1)
    #expect {
      try Distance.nearestNeighborKL(samples: gaussian(30, seed: 1), reference: same)
    } throws: { error in
      if case EvaluationError.coincidingPoints = error { true } else { false }
    }
    #expect {
      try Distance.squaredMMD(samples: gaussian(30, seed: 1), reference: same)
    } throws: { error in
      if case EvaluationError.coincidingPoints = error { true } else { false }
    }
  }

  @Test(arguments: [
    (Matrix<Float>(rows: 0, columns: 2), "too few samples (0, at least 1 needed)"),
    (gaussian(9, 3, seed: 1), "the samples have 3 columns, the reference points 2"),
    (Matrix<Float>([[1, 2], [3, .nan]]), "the samples are not all finite (row 1, column 1"),
    (Matrix<Float>([[-.infinity, 2]]), "the samples are not all finite (row 0, column 0"),
  ])
  func badSamplesAreRefused(samples: Matrix<Float>, reason: String) {
    #expect {
      try Evaluator(seeds: 1, threads: 1).evaluate(samples: samples, against: Self.real)
    } throws: { error in
      "\(error)".contains(reason)
    }
  }

  @Test func badReferencesAreRefused() {
    let samples = gaussian(9, seed: 1)
    let evaluation = Evaluator(seeds: 1, threads: 1)
    #expect {
      try evaluation.evaluate(samples: samples, against: .points(Matrix<Float>([[1, 2]])))
    } throws: {
      "\($0)".contains("too few reference points")
    }
    #expect(throws: EvaluationError.noColumns) {
      try evaluation.evaluate(
        samples: Matrix<Float>(rows: 3, columns: 0),
        against: .points(Matrix<Float>(rows: 4, columns: 0)))
    }
  }

  @Test func reportsSurviveEncoding() throws {
    let report = try Evaluator(measures: [.energy, .nearestTrainingShare], seeds: 2, threads: 1)
      .evaluate(samples: gaussian(20, seed: 1), against: Self.real)
    let data = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(EvaluationReport.self, from: data) == report)
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.contains("\"measure\":\"energy\"") && text.contains("\"standard_deviation\":"))
  }

  @Test func spreadsOfKnownValues() {
    let spread = Spread([1, 2, 6])
    #expect(spread.mean == 3 && spread.minimum == 1 && spread.maximum == 6)
    #expect(abs(spread.standardDeviation - 7.0.squareRoot()) < 1e-12)
    #expect(Spread([4]).standardDeviation == 0)
  }

  @Test func tablesHaveALineForEachMeasure() throws {
    let report = try Evaluator(
      measures: [.slicedW2, .exactW2, .nearestTrainingShare], seeds: 2, threads: 1
    ).evaluate(samples: gaussian(40, seed: 1), against: Self.real)
    let lines = EvaluationTable.text(report).split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("measure") && lines[0].contains("value"))
    #expect(lines[1].hasPrefix("sliced_w2 ") && lines[1].contains("["))
    #expect(lines[3].hasPrefix("nearest_training_share was left out: "))
    // Numbers are aligned with the right end of their heading.
    let ends = lines.prefix(3).map { line in
      let text = line == lines[0] ? "points" : "40  "
      let range = line.range(of: text, options: .backwards)
      return range.map {
        line[..<$0.lowerBound].count + text.replacing(" ", with: "").count
      }
    }
    #expect(ends[0] != nil && Set(ends).count == 1)
  }
}
