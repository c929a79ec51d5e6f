import Evaluation
import LinearAlgebra
import Testing

/// Measures reject empty sets, and sets with too few points, with a reason.
@Suite struct EmptySetTests {
  private static let sets = [0, 1].map { Matrix<Float>(rows: $0, columns: 2) }
  private static let some = gaussian(30, seed: 1)

  private func isRefused(_ measure: () throws(EvaluationError) -> some Any) -> Bool {
    do {
      _ = try measure()
      return false
    } catch {
      if case .tooFewPoints = error { return true }
      return false
    }
  }

  @Test(arguments: [(sets[0], some), (some, sets[0]), (sets[0], sets[0])])
  func measuresNeedPoints(samples: Matrix<Float>, reference: Matrix<Float>) {
    #expect(
      isRefused { () throws(EvaluationError) in
        try Distance.slicedWasserstein(samples: samples, reference: reference)
      })
    #expect(
      isRefused { () throws(EvaluationError) in
        try Distance.exactWasserstein(samples: samples, reference: reference)
      })
    #expect(
      isRefused { () throws(EvaluationError) in
        try Distance.energy(samples: samples, reference: reference)
      })
    #expect(
      isRefused { () throws(EvaluationError) in
        try Distance.squaredMMD(samples: samples, reference: reference)
      })
    #expect(
      isRefused { () throws(EvaluationError) in
        try Distance.squaredFrechet(samples: samples, reference: reference)
      })
    #expect(
      isRefused { () throws(EvaluationError) in
        try Distance.nearestNeighborKL(samples: samples, reference: reference)
      })
    #expect(
      isRefused { () throws(EvaluationError) in
        try ClassifierTwoSampleTest(samples: samples, reference: reference)
      })
    #expect(
      isRefused { () throws(EvaluationError) in
        try NeighborhoodOverlap(samples: samples, reference: reference)
      })
    #expect(
      isRefused { () throws(EvaluationError) in
        try MomentDifference(samples: samples, reference: reference)
      })
    #expect(
      isRefused { () throws(EvaluationError) in
        try TrainingProximity(samples: samples, fresh: reference, training: Self.some)
      })
    #expect(
      isRefused { () throws(EvaluationError) in
        try Evaluator(threads: 2).evaluate(samples: samples, against: .points(reference))
      })
  }

  @Test func trainingSetsMayBeEmpty() throws {
    let report = try Evaluator(seeds: 1, threads: 1).evaluate(
      samples: Self.some, against: .drawn { gaussian(30, seed: $0) }, training: Self.sets[0])
    #expect(
      report.omitted.map(\.measure) == [.nearestTrainingDistance, .nearestTrainingShare])
  }

  @Test(arguments: sets)
  func fewPointsHaveNoBandwidth(points: Matrix<Float>) {
    #expect(Distance.bandwidth(points).isNaN)
  }

  @Test func noValuesHaveNoMean() {
    let spread = Spread([])
    #expect(spread.mean.isNaN && spread.minimum.isNaN && spread.maximum.isNaN)
  }

  /// A set with one point cannot be halved.
  @Test(arguments: sets)
  func fewPointsAreNoReference(points: Matrix<Float>) {
    #expect(
      isRefused { () throws(EvaluationError) in
        try Evaluator(threads: 1).evaluate(samples: Self.some, against: .points(points))
      })
  }
}
