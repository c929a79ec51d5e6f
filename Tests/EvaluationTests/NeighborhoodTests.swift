import Evaluation
import LinearAlgebra
import Testing

/// The overlap of neighborhoods and the distance to training points, by hand and in limiting cases.
@Suite struct NeighborhoodTests {
  /// With k = 1 on a line, the real points 0, 1, 3 have balls of radius 1, 1, 2, and the samples 0.5, 6, 7
  /// have balls of radius 5.5, 1, 1. The balls of the real points 0 and 1 hold sample 0.5; no ball holds 6 or
  /// 7. The ball of sample 0.5 holds the real points 0, 1 and 3.
  @Test func overlapByHand() throws {
    let overlap = try NeighborhoodOverlap(
      samples: Matrix<Float>([[0.5], [6], [7]]), reference: Matrix<Float>([[0], [1], [3]]),
      neighbor: 1)
    #expect(overlap.precision == 1 / 3.0)
    #expect(overlap.recall == 1)
    #expect(overlap.density == 2 / 3.0)
    #expect(overlap.coverage == 2 / 3.0)
  }

  @Test func overlapOfEqualAndOfDistantSets() throws {
    let reference = gaussian(400, seed: 1)
    let apart = try NeighborhoodOverlap(
      samples: gaussian(400, seed: 2, shift: 20), reference: reference)
    #expect([apart.precision, apart.recall, apart.density, apart.coverage] == [0, 0, 0, 0])
    let same = try NeighborhoodOverlap(samples: reference, reference: reference)
    #expect([same.precision, same.recall, same.coverage] == [1, 1, 1])
    // Each ball holds its center and its five neighbors.
    #expect(abs(same.density - 1.2) < 1e-12)
  }

  /// For equal distributions, density has mean 1 and coverage has mean 1 − 2⁻⁵. The tolerance of coverage is
  /// four standard errors of a share.
  @Test func overlapOfEqualDistributions() throws {
    let overlap = try NeighborhoodOverlap(
      samples: gaussian(1000, seed: 3), reference: gaussian(1000, seed: 4))
    let expected = 31 / 32.0
    let error = (expected * (1 - expected) / 1000).squareRoot()
    #expect(abs(overlap.coverage - expected) < 4 * error)
    #expect(abs(overlap.density - 1) < 0.1)
  }

  /// The samples miss one third of the modes.
  @Test func missingModesLowerRecallAndCoverage() throws {
    let modes = gaussian(900, seed: 5, scale: 0.1)
    let reference = Matrix<Float>(rows: 900, columns: 2) { modes[$0, $1] + Float($0 % 3) * 10 }
    let base = gaussian(900, seed: 6, scale: 0.1)
    let samples = Matrix<Float>(rows: 900, columns: 2) { base[$0, $1] + Float($0 % 2) * 10 }
    let overlap = try NeighborhoodOverlap(samples: samples, reference: reference)
    #expect(overlap.precision > 0.95)
    #expect(abs(overlap.recall - 2 / 3.0) < 0.05)
    #expect(overlap.coverage <= 2 / 3.0 && overlap.coverage > 0.6)
  }

  @Test func proximityByHand() throws {
    // The samples have distances 0, 1 and 4 to a training point, the fresh points 1 and 3.
    let proximity = try TrainingProximity(
      samples: Matrix<Float>([[0], [11], [14]]), fresh: Matrix<Float>([[1], [7]]),
      training: Matrix<Float>([[0], [10]]))
    #expect(proximity.mean == 5 / 3.0)
    #expect(proximity.median == 1)
    #expect(proximity.ratio == 0.5)
    // The pairs are 0 < 1, 0 < 3 and 1 < 3, and 1 = 1 counts half.
    #expect(proximity.share == 3.5 / 6)
  }

  @Test func copiesAreFound() throws {
    let training = gaussian(300, seed: 7)
    let fresh = gaussian(300, seed: 8)
    let copies = try TrainingProximity(samples: training, fresh: fresh, training: training)
    #expect(copies.ratio == 0 && copies.share == 1)
    let honest = try TrainingProximity(
      samples: gaussian(300, seed: 9), fresh: fresh, training: training)
    // The tolerance is four standard deviations of the Mann–Whitney statistic, √((2n + 1) / 12n²).
    let deviation = (601 / 12.0).squareRoot() / 300
    #expect(abs(honest.share - 0.5) < 4 * deviation)
  }
}
