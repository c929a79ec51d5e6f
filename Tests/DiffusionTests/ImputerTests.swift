import Diffusion
import LinearAlgebra
import Testing

/// Imputation with the exact denoiser of a Gaussian, whose conditional distributions are known.
@Suite struct ImputerTests {
  private static let covariance: [Double] = [1, 0.8, 0.3, 0.8, 1.5, 0.2, 0.3, 0.2, 0.7]
  private static let mean: [Double] = [0.5, -1, 2]

  private static func imputer(repeats: Int = 10, steps: Int = 40) -> Imputer {
    Imputer(
      GaussianMixtureDenoiser(weights: [1], means: [mean], covariances: [.full(covariance)]),
      levels: KarrasSigmas(minimum: 0.01, maximum: 20).levels(count: steps), repeats: repeats)
  }

  private static func known(_ columns: [Int], rows: Int) -> Matrix<Float> {
    Matrix<Float>(rows: rows, columns: 3) { columns.contains($1) ? 1 : 0 }
  }

  /// The first column given the other two:
  ///
  ///     m = m₁ + Σ₁₂ Σ₂₂⁻¹ (x₂ - m₂),  s² = Σ₁₁ - Σ₁₂ Σ₂₂⁻¹ Σ₂₁
  @Test(arguments: [[-1, 2], [0.5, 1.2], [-3, 3]] as [[Double]])
  func drawsFollowTheConditionalDistribution(given: [Double]) {
    let count = 1000
    let (a, b, d) = (1.5, 0.2, 0.7)
    let determinant = a * d - b * b
    let weights = [(0.8 * d - 0.3 * b) / determinant, (0.3 * a - 0.8 * b) / determinant]
    let mean = 0.5 + weights[0] * (given[0] + 1) + weights[1] * (given[1] - 2)
    let variance = 1 - weights[0] * 0.8 - weights[1] * 0.3
    let data = Matrix<Float>(rows: count, columns: 3) { $1 == 0 ? 0 : Float(given[$1 - 1]) }
    let filled = Self.imputer().fill(
      data, known: Self.known([1, 2], rows: count), seed: 3, threads: 2)
    var (sum, square) = (0.0, 0.0)
    for row in 0..<count {
      #expect(filled[row, 1] == data[row, 1] && filled[row, 2] == data[row, 2])
      sum += Double(filled[row, 0])
      square += (Double(filled[row, 0]) - mean) * (Double(filled[row, 0]) - mean)
    }
    // A finite number of repeats leaves some of the bias of a single pass.
    let deviation = variance.squareRoot()
    #expect(abs(sum / Double(count) - mean) < 0.1 * deviation + 0.03 * abs(mean - 0.5))
    #expect(abs((square / Double(count)).squareRoot() / deviation - 1) < 0.12)
  }

  /// A single pass underuses the known columns; repeats bring the result to the conditional mean.
  @Test func repeatsApproachTheConditionalMean() {
    let count = 800
    let data = Matrix<Float>(rows: count, columns: 3) { $1 == 0 ? 0 : $1 == 1 ? -4 : 2 }
    let expected = 0.5 + (0.8 * 0.7 - 0.3 * 0.2) / (1.5 * 0.7 - 0.04) * -3
    func error(_ repeats: Int) -> Double {
      let filled = Self.imputer(repeats: repeats, steps: 20).fill(
        data, known: Self.known([1, 2], rows: count), seed: 1)
      return abs((0..<count).reduce(0) { $0 + Double(filled[$1, 0]) } / Double(count) - expected)
    }
    #expect(error(10) < error(1) / 2)
  }

  /// With nothing known, the imputer samples; with everything known, it changes nothing.
  @Test func handlesNothingAndEverythingKnown() {
    let data = RandomStream(seed: 1).normal(rows: 1500, columns: 3)
    let all = Self.imputer(repeats: 1).fill(
      data, known: Self.known([0, 1, 2], rows: 1500), seed: 1)
    #expect(all == data)
    let none = Self.imputer(repeats: 1, steps: 200).fill(
      data, known: Self.known([], rows: 1500), seed: 1)
    let moments = DataMoments(none)
    for column in 0..<3 {
      #expect(abs(moments.mean[column] - Self.mean[column]) < 0.08)
      #expect(abs(moments.variance[column] / Self.covariance[4 * column] - 1) < 0.12)
    }
  }

  /// Also with a standardization; known values stay bit for bit.
  @Test(arguments: everyEngine)
  func resultsDoNotDependOnThreadsOrOtherRows(_ engine: Engine) {
    let imputer = Imputer(
      residualModel(moments: slantedMoments, contextWidth: 2), steps: 4, repeats: 2,
      contexts: RandomStream(seed: 2).uniform(rows: 300, columns: 2))
    let data = RandomStream(seed: 1).normal(rows: 300, columns: 2)
    let known = Matrix<Float>(rows: 300, columns: 2) { ($0 + $1) % 3 == 0 ? 1 : 0 }
    let filled = imputer.fill(data, known: known, seed: 5, engine: engine)
    #expect(imputer.fill(data, known: known, seed: 5, threads: 3, engine: engine) == filled)
    let some = imputer.fill(
      data.rows(0..<40), known: known.rows(0..<40), seed: 5, engine: engine)
    #expect(some == filled.rows(0..<40))
    #expect(imputer.fill(data, known: known, seed: 6, engine: engine) != filled)
    for row in 0..<300 {
      for column in 0..<2 {
        #expect((filled[row, column] == data[row, column]) == (known[row, column] == 1))
      }
    }
  }

  @Test func acceptsZeroRows() {
    let empty = Matrix<Float>(rows: 0, columns: 3)
    #expect(Self.imputer().fill(empty, known: empty, seed: 1) == empty)
  }
}
