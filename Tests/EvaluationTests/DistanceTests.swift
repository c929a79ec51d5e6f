import Evaluation
import LinearAlgebra
import Testing

/// Each distance on sets with a known value.
@Suite struct DistanceTests {
  static let shift: Float = 0.75

  /// All quantiles and all optimal pairs are `shift` apart along each axis.
  @Test func wassersteinOfShiftedSetsIsTheShift() throws {
    let x = gaussian(200, 1, seed: 1)
    let y = x.rows(at: (0..<200).reversed()).map { $0 + Self.shift }
    let sliced = try Distance.slicedWasserstein(samples: x, reference: y, directions: 4)
    let exact = try Distance.exactWasserstein(samples: x, reference: y)
    #expect(abs(sliced - 0.75) < 1e-6)
    #expect(abs(exact - 0.75) < 1e-6)
  }

  /// E (u · s)² = |s|² / d, which is half of the squared shift in 2-D. The tolerance is four standard errors
  /// of the mean of cos² over the k directions, √(1/8 / k).
  @Test func slicedWassersteinSeesAShiftFromAllSides() throws {
    let x = gaussian(50, 2, seed: 2)
    let y = Matrix<Float>(rows: 50, columns: 2) { x[$0, $1] + ($1 == 0 ? 2 : 0) }
    let sliced = try Distance.slicedWasserstein(
      samples: x, reference: y, directions: 512, quantiles: 20)
    #expect(abs(sliced * sliced / 4 - 0.5) < 4 * (0.125 / 512).squareRoot())
  }

  /// The quantiles ¼ and ¾ of (0, 1, 2) are ½ and 1½; those of (0, 4) are 1 and 3.
  @Test func quantilesAreInterpolated() throws {
    let sliced = try Distance.slicedWasserstein(
      samples: Matrix<Float>([[2], [0], [1]]), reference: Matrix<Float>([[4], [0]]), directions: 1,
      quantiles: 2)
    #expect(abs(sliced - ((0.25 + 2.25) / 2).squareRoot()) < 1e-7)
  }

  @Test func exactWassersteinByHand() throws {
    let x = Matrix<Float>([[0, 0], [1, 0], [5, 5]])
    let y = Matrix<Float>([[5, 6], [0, 1], [1, 2]])
    let exact = try Distance.exactWasserstein(samples: x, reference: y)
    #expect(abs(exact - ((1.0 + 4 + 1) / 3).squareRoot()) < 1e-12)
    // Only the first two points of each set are used.
    let limited = try Distance.exactWasserstein(samples: x, reference: y, limit: 2)
    #expect(abs(limited - ((1.0 + 52) / 2).squareRoot()) < 1e-12)
  }

  /// For x = (0, 1) and y = (2, 4), the distance is 2 · 5/2 − 1 − 2.
  @Test func energyDistanceByHand() throws {
    let energy = try Distance.energy(
      samples: Matrix<Float>([[0], [1]]), reference: Matrix<Float>([[2], [4]]))
    #expect(abs(energy - 2) < 1e-12)
  }

  /// The distance between N(0, 1) and N(δ, 1) is 2 E|δ + √2 z| − 2 E|√2 z|, with E|δ + sz| = s √(2/π)
  /// e^(−δ²/2s²) + δ (1 − 2Φ(−δ/s)). The tolerance is four times the standard deviation over 40 seeds, 0.04.
  @Test func energyDistanceOfShiftedGaussians() throws {
    let energy = try Distance.energy(
      samples: gaussian(700, 1, seed: 3), reference: gaussian(700, 1, seed: 4, shift: 1))
    let expected = 2 * foldedMean(shift: 1) - 2 * foldedMean(shift: 0)
    #expect(abs(energy - expected) < 0.16)
  }

  private func foldedMean(shift: Double) -> Double {
    let s = 2.0.squareRoot()
    var sum = 0.0
    let step = 0.001
    for z in stride(from: -8, to: 8, by: step) {
      sum += abs(shift + s * z) * normalDensity(z) * step
    }
    return sum
  }

  private func normalDensity(_ z: Double) -> Double {
    // The derivative of Φ.
    (normalProbability(below: z + 1e-4) - normalProbability(below: z - 1e-4)) / 2e-4
  }

  /// Coordinates of categories sum to 1, and columns may be equal or constant. The distance of a set from
  /// itself is 0. The distance from a set with other shares is that of the means and of the roots of the
  /// variances, along one axis.
  @Test(arguments: [1e-25, 1, 1e25] as [Float])
  func frechetOfSingularCovariances(unit: Float) throws {
    func points(_ rows: Int, share: Int) -> Matrix<Float> {
      Matrix<Float>(rows: rows, columns: 4) { row, column in
        let isFirst = row % 10 < share
        return switch column {
        case 0, 3: isFirst ? unit : 0
        case 1: isFirst ? 0 : unit
        default: 0.7 * unit
        }
      }
    }
    let (x, y) = (points(2000, share: 5), points(3000, share: 2))
    let scale = Double(unit) * Double(unit)
    for set in [x, y] {
      let same = try Distance.squaredFrechet(samples: set, reference: set)
      #expect(same >= 0 && same < 1e-5 * scale)
    }
    // The axis is (1, -1, 0, 1), with variance 3 p (1 - p).
    let difference = 3 * 0.3 * 0.3
    let deviations = (3 * 0.25 * 2000 / 1999).squareRoot() - (3 * 0.16 * 3000 / 2999).squareRoot()
    let expected = difference + deviations * deviations
    let found = try Distance.squaredFrechet(samples: x, reference: y)
    #expect(abs(found / scale - expected) < 1e-5)
  }

  @Test func discrepancyByHand() throws {
    // The bandwidth is the only distance in the reference, 2, so k = exp(−r²/8).
    let mmd = try Distance.squaredMMD(
      samples: Matrix<Float>([[0], [1]]), reference: Matrix<Float>([[1], [3]]))
    let kernel = [0.8824969025845955, 0.6065306597126334, 0.32465246735834974, 1]
    let expected = kernel[0] + kernel[1] - (kernel[0] + kernel[2] + kernel[3] + kernel[1]) / 2
    #expect(abs(mmd - expected) < 1e-12)
    #expect(Distance.bandwidth(Matrix<Float>([[0], [1], [3], [7]])) == 3.5)
  }

  /// The squared discrepancy between N(0, I) and N(δ, I) in d dimensions is 2 (σ²/(σ² + 2))^(d/2) (1 −
  /// exp(−|δ|²/(2(σ² + 2)))), with the bandwidth σ of the reference. The tolerance is four times the standard
  /// deviation over 40 seeds, 0.02.
  @Test func discrepancyOfShiftedGaussians() throws {
    let reference = gaussian(700, 1, seed: 5)
    let mmd = try Distance.squaredMMD(
      samples: gaussian(700, 1, seed: 6, shift: 1), reference: reference)
    let variance =
      Distance.bandwidth(reference)
      * Distance.bandwidth(reference)
    let overlap = (variance / (variance + 2)).squareRoot()
    let expected = 2 * overlap * (1 - exponential(-1 / (2 * (variance + 2))))
    #expect(abs(mmd - expected) < 0.08)
  }

  /// Returns points with an exact mean and covariance: ±√(n−1)/√2 times the columns of a factor.
  private func cross(_ scales: [Float], center: Float) -> Matrix<Float> {
    let d = scales.count
    let n = 2 * d
    return Matrix<Float>(rows: n, columns: d) { row, column in
      let side: Float = row % 2 == 0 ? 1 : -1
      let size = (Float(n - 1) / 2).squareRoot() * scales[column]
      return center + (row / 2 == column ? side * size : 0)
    }
  }

  /// The squared distance is Σ (δ² + (σ₁ − σ₂)²) over the axes.
  @Test func frechetDistanceOfKnownGaussians() throws {
    let a = cross([1, 2, 0.5], center: 0)
    let b = cross([1, 0.5, 3], center: 0.25)
    let frechet = try Distance.squaredFrechet(samples: a, reference: b)
    #expect(abs(frechet - (3 * 0.0625 + 2.25 + 6.25)) < 1e-5)
    #expect(abs(try Distance.squaredFrechet(samples: a, reference: a)) < 1e-5)
    // One column is constant.
    let flat = Matrix<Float>(rows: 6, columns: 3) { $1 == 2 ? 1 : a[$0, $1] }
    let toFlat = try Distance.squaredFrechet(samples: flat, reference: flat)
    #expect(abs(toFlat) < 1e-5)
  }

  /// Rotating both sets does not change the distance, and makes the covariances full.
  @Test func frechetDistanceIsInvariant() throws {
    let (c, s) = (Float(0.6), Float(0.8))
    let turn = Matrix<Float>([[c, -s], [s, c]])
    let (a, b) = (cross([1, 2], center: 0), cross([3, 1], center: 1))
    let frechet = try Distance.squaredFrechet(samples: a * turn, reference: b * turn)
    #expect(abs(frechet - (2 + 4 + 1)) < 1e-5)
  }

  /// KL(N(0, I) ‖ N(δ, σ²I)) = d (log σ + (1 + δ²) / (2σ²) − ½) / log 2. At n = 1500 and k = 5, the estimate
  /// has a standard deviation of 0.05 over 40 seeds and a bias of about 0.04.
  @Test(arguments: [(Float(0), Float(1), 0.0), (1, 1, 1.442695), (0, 2, 0.917978)])
  func divergenceOfGaussians(shift: Float, scale: Float, expected: Double) throws {
    let bits = try Distance.nearestNeighborKL(
      samples: gaussian(1500, seed: 7, shift: shift, scale: scale),
      reference: gaussian(1500, seed: 8))
    #expect(abs(bits - expected) < 0.24)
  }

  /// With d = 1 and k = 1, ρ = (1, 1, 2) and ν = (0.5, 0.5, 1.5).
  @Test func divergenceByHand() throws {
    let bits = try Distance.nearestNeighborKL(
      samples: Matrix<Float>([[0.5], [1.5], [9]]), reference: Matrix<Float>([[0], [1], [3]]),
      neighbor: 1)
    let logs = [-1, -1, -0.4150374992788438]
    #expect(abs(bits - (0.5849625007211562 + logs.reduce(0, +) / 3)) < 1e-12)
  }

  @Test func momentDifferencesByHand() throws {
    let difference = try MomentDifference(
      samples: Matrix<Float>([[1, 5], [5, 5]]), reference: Matrix<Float>([[0, 5], [2, 5]]))
    #expect(abs(difference.mean - 2 / 2.0.squareRoot()) < 1e-12)
    #expect(abs(difference.standardDeviation - 1) < 1e-12)
  }
}
