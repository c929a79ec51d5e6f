import Evaluation
import LangevinThreading
import LinearAlgebra
import Testing

/// The two-sample test on sets with a known best accuracy.
@Suite struct ClassifierTests {
  private func accuracy(_ samples: Matrix<Float>, _ reference: Matrix<Float>) throws -> Double {
    try ClassifierTwoSampleTest(samples: samples, reference: reference).accuracy
  }

  /// The tolerance is four standard errors, √(0.25 / 2n).
  @Test func equalDistributionsAreToldApartByChance() throws {
    let result = try ClassifierTwoSampleTest(
      samples: gaussian(300, seed: 1), reference: gaussian(300, seed: 2))
    #expect(abs(result.standardError - (0.25 / 600).squareRoot()) < 1e-12)
    #expect(abs(result.accuracy - 0.5) < 4 * result.standardError)
    #expect(result.foldAccuracies.count == 3)
  }

  @Test func distantSetsAreToldApart() throws {
    #expect(try accuracy(gaussian(150, seed: 3), gaussian(150, seed: 4, shift: 20)) == 1)
  }

  /// No classifier is better than Φ(δ/2) on average. Trees grown on few points are a little worse.
  @Test(arguments: [1, 2] as [Float])
  func shiftedGaussiansComeNearTheBestAccuracy(shift: Float) throws {
    let found = try accuracy(gaussian(600, 1, seed: 5), gaussian(600, 1, seed: 6, shift: shift))
    let best = normalProbability(below: Double(shift) / 2)
    let error = (best * (1 - best) / 1200).squareRoot()
    #expect(found < best + 4 * error)
    #expect(found > best - 0.05 - 4 * error)
  }

  /// Neither coordinate alone tells the sets apart; only the agreement of their signs does.
  @Test func interactionsAreLearnt() throws {
    let x = gaussian(400, seed: 7)
    let agreeing = Matrix<Float>(rows: 400, columns: 2) {
      $1 == 0 ? x[$0, 0] : copysign(x[$0, 1], x[$0, 0])
    }
    let opposing = Matrix<Float>(rows: 400, columns: 2) {
      $1 == 0 ? x[$0, 0] : -copysign(x[$0, 1], x[$0, 0])
    }
    #expect(try accuracy(agreeing, opposing) > 0.95)
  }

  private func copysign(_ magnitude: Float, _ sign: Float) -> Float {
    Float(signOf: sign, magnitudeOf: magnitude)
  }

  /// 25 points are too few for two leaves, so the classifier learns only the shares of the classes.
  @Test func fewPointsGiveTheShareOfTheClasses() {
    let points = gaussian(25, seed: 8)
    let classifier = GradientBoosting(points, labeled: (0..<25).map { $0 < 5 })
    for logOdds in classifier.logOdds(points) {
      #expect(abs(logOdds - -1.3862943611198906) < 1e-12)  // log(5 / 20)
    }
  }

  /// A column with two values gives two leaves of 40 points. The Newton step from log-odds 0 to the shares ¼
  /// and ¾ is ±½ / ½, times the learning rate 0.1; a hundred steps approach ± log 3.
  @Test func leavesTakeNewtonSteps() {
    let points = Matrix<Float>(rows: 80, columns: 1) { row, _ in row < 40 ? 0 : 1 }
    let labeled = (0..<80).map { $0 < 40 ? $0 % 4 == 0 : $0 % 4 != 0 }
    var expected = 0.0
    for _ in 0..<100 {
      let probability = 1 / (1 + exponential(-expected))
      expected -= 0.1 * (probability - 0.75) / (probability * (1 - probability))
    }
    let logOdds = GradientBoosting(points, labeled: labeled)
      .logOdds(Matrix<Float>([[0], [0.49], [0.51], [1]]))
    for (found, sign) in zip(logOdds, [-1.0, -1, 1, 1]) {
      #expect(abs(found - sign * expected) < 1e-9)
    }
  }

  @Test func threadsDoNotMatter() throws {
    let (x, y) = (gaussian(100, seed: 9), gaussian(100, seed: 10, shift: 0.5))
    let one = try ClassifierTwoSampleTest(samples: x, reference: y, seed: 3)
    #expect(try ClassifierTwoSampleTest(samples: x, reference: y, seed: 3, threads: 3) == one)
  }
}
