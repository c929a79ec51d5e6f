import Datasets
import Foundation
import LinearAlgebra
import Testing

/// The shape and noise of the swiss roll, and the reproducibility of its points.
@Suite struct SwissRollTests {
  private let stream = RandomStream(seed: 3)

  /// Compares with the moments of scikit-learn's `make_swiss_roll`, divided by 10.
  @Test func momentsMatchScikitLearn() {
    let points = Dataset.swissRoll.points(count: 10_000, stream)
    for (column, mean, deviation) in [(0, 0.20, 0.67), (1, 0.02, 0.70)] {
      let (found, spread) = moments((0..<points.rows).map { Double(points[$0, column]) })
      // The standard error of the mean is 0.007, that of the deviation 0.005.
      #expect(abs(found - mean) < 0.03)
      #expect(abs(spread - deviation) < 0.02)
    }
  }

  /// Without noise, the distance of a point from the center equals its angle, and angles are uniform.
  @Test func pointsLieOnTheSpiral() {
    let count = 2000
    let points = Dataset.swissRoll.points(count: count, noise: 0, stream)
    var positions: [Double] = []
    for row in 0..<count {
      let (x, z) = (10 * Double(points[row, 0]), 10 * Double(points[row, 1]))
      let t = hypot(x, z)
      #expect(hypot(x - t * cos(t), z - t * sin(t)) < 2e-5)
      positions.append((t / (1.5 * .pi) - 1) / 2)
    }
    #expect(uniformityDistance(positions) < 1.95)
  }

  @Test(arguments: [0.5, 1, 3])
  func noiseIsNormalAndScaled(noise: Double) {
    let points = Dataset.swissRoll.points(count: 4000, noise: noise, stream)
    let spiral = Dataset.swissRoll.points(count: 4000, noise: 0, stream)
    for column in 0..<2 {
      let errors = (0..<4000).map { Double(points[$0, column] - spiral[$0, column]) }
      let (mean, deviation) = moments(errors)
      let expected = noise / 10
      #expect(abs(mean) < 4 * expected / 4000.0.squareRoot())
      #expect(abs(deviation / expected - 1) < 0.05)
    }
    // The noise of the two coordinates is uncorrelated.
    let product = (0..<4000).reduce(0) {
      $0 + Double(points[$1, 0] - spiral[$1, 0]) * Double(points[$1, 1] - spiral[$1, 1])
    }
    #expect(abs(product / 4000) < 4 * noise * noise / 100 / 4000.0.squareRoot())
  }

  @Test func sameStreamGivesTheSamePoints() {
    let points = Dataset.swissRoll.points(count: 100, stream)
    #expect(points == Dataset.swissRoll.points(count: 100, stream))
    #expect(points != Dataset.swissRoll.points(count: 100, RandomStream(seed: 4)))
    #expect(points != Dataset.swissRoll.points(count: 100, RandomStream(seed: 3, stream: 1)))
  }

  /// Runs started by earlier versions resume with the same points.
  @Test func pointsMatchEarlierVersions() {
    let points = Dataset.swissRoll.points(count: 10_000, stream)
    // The Fowler-Noll-Vo hash of the bits of the elements.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in points.elements.indices {
      hash = (hash ^ UInt64(points.elements[index].bitPattern)) &* 0x100_0000_01b3
    }
    #expect(points[0, 0] == 0.99614704 && points[0, 1] == -0.018382188)
    #expect(hash == 12_473_460_763_560_673_831)
  }

  @Test(arguments: [0, 1, 2, 63, 64, 65, 999])
  func pointsDoNotDependOnTheCount(count: Int) {
    let large = Dataset.swissRoll.points(count: 1000, stream)
    #expect(Dataset.swissRoll.points(count: count, stream) == large.rows(0..<count))
  }

  /// Runs in a separate process, whose engine may be changed.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["LANGEVIN_EMULATED"] == nil,
      "exit tests do not run in the emulator"))
  func instructionSetsGiveTheSamePoints() async {
    await #expect(processExitsWith: .success) {
      let stream = RandomStream(seed: 5)
      let points = Dataset.swissRoll.points(count: 333, stream)
      for level in Engine.availableInstructionSets {
        Engine.current = Engine(.swift, instructionSet: level)
        precondition(Dataset.swissRoll.points(count: 333, stream) == points)
      }
    }
  }

  private func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return (mean, variance.squareRoot())
  }
}
