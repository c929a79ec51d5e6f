import Diffusion
import Foundation
import LinearAlgebra
import Testing

/// Moments of data, and standardization to mean 0 and variance 1.
@Suite struct DataMomentsTests {
  /// Correlated columns in different units; the last one is constant.
  private static let data: Matrix<Float> = {
    let z = RandomStream(seed: 5).normal(rows: 40, columns: 3)
    return Matrix<Float>(rows: 40, columns: 4) { row, column in
      switch column {
      case 0: 1000 + z[row, 0]
      case 1: 0.01 * (z[row, 0] - 2 * z[row, 1])
      case 2: -7 + 50 * z[row, 2]
      default: 0.1
      }
    }
  }()

  private func column(_ index: Int) -> [Double] {
    (0..<40).map { Double(Self.data[$0, index]) }
  }

  @Test func matchTheDefinitions() {
    let moments = DataMoments(Self.data)
    #expect(moments.dimension == 4)
    for i in 0..<4 {
      let x = column(i)
      #expect(abs(moments.mean[i] - mean(x)) <= 1e-12 * abs(mean(x)))
      #expect(abs(moments.variance[i] - variance(x)) <= 1e-10 * variance(x) + 1e-28)
      #expect(
        abs(moments.secondMoment[i] - mean(x.map { $0 * $0 })) <= 1e-10 * mean(x.map { $0 * $0 }))
      for j in 0..<4 {
        let y = column(j)
        let expected = mean(zip(x, y).map { ($0 - mean(x)) * ($1 - mean(y)) })
        let found = moments.covariance?[4 * i + j] ?? .nan
        #expect(abs(found - expected) <= 1e-10 * (variance(x) * variance(y)).squareRoot() + 1e-14)
      }
    }
  }

  @Test func omitsCovarianceOfManyColumns() {
    let limit = DataMoments.covarianceLimit
    let few = DataMoments(RandomStream(seed: 1).normal(rows: 3, columns: limit))
    let many = DataMoments(RandomStream(seed: 1).normal(rows: 3, columns: limit + 1))
    #expect(few.covariance?.count == limit * limit && many.covariance == nil)
    #expect(many.standardized(by: Standardization(many)).variance.allSatisfy { abs($0 - 1) < 1e-9 })
  }

  @Test func standardizedDataHaveMeanZeroAndVarianceOne() {
    let moments = DataMoments(Self.data)
    let standardization = Standardization(moments)
    // The rounding error of a constant column is not scaled up.
    #expect(standardization.deviation[3] == 1)
    let found = DataMoments(standardization.apply(to: Self.data))
    let expected = moments.standardized(by: standardization)
    for i in 0..<4 {
      #expect(abs(expected.mean[i]) < 1e-9 && abs(found.mean[i]) < 1e-6)
      #expect(abs(expected.variance[i] - (i < 3 ? 1 : 0)) < 1e-9)
      #expect(abs(found.variance[i] - expected.variance[i]) < 1e-5)
      for j in 0..<4 {
        let (a, b) = (found.covariance?[4 * i + j], expected.covariance?[4 * i + j])
        #expect(abs((a ?? .nan) - (b ?? .nan)) < 1e-5)
      }
    }
  }

  @Test func inversionRestoresTheData() {
    let standardization = Standardization(DataMoments(Self.data))
    let back = standardization.invert(standardization.apply(to: Self.data))
    for i in 0..<4 {
      for row in 0..<40 {
        let scale = abs(Self.data[row, i]) + Float(standardization.deviation[i])
        #expect(abs(back[row, i] - Self.data[row, i]) <= 3e-7 * scale)
      }
    }
    let product = standardization.deviation.reduce(1, *)
    #expect(abs(standardization.logDeterminant + log(product)) < 1e-12)
  }

  /// The mean of 1000 values 0.1, summed in `Float`, is not 0.1.
  @Test(arguments: [0.1, -3e5, 0, 1e-20] as [Float])
  func constantColumnsBecomeZero(_ value: Float) {
    let data = Matrix<Float>(rows: 1000, columns: 2) { row, column in
      column == 0 ? value : Float(row)
    }
    let standardization = Standardization(DataMoments(data))
    let standardized = standardization.apply(to: data)
    #expect((0..<1000).allSatisfy { abs(standardized[$0, 0]) <= 1e-6 })
    let back = standardization.invert(standardized)
    #expect((0..<1000).allSatisfy { back[$0, 0] == value })
  }

  /// One categorical column, its categories in turn, with row counts for which rounding errors do not
  /// cancel.
  private static func oneHot(rows: Int, categories: Int = 3) -> Matrix<Float> {
    Matrix<Float>(rows: rows, columns: categories) { row, column in
      row % categories == column ? 1 : 0
    }
  }

  /// One-hot columns sum to 1, so their covariance is singular; rounding may make an eigenvalue
  /// negative.
  @Test(arguments: Array(stride(from: 1650, through: 4950, by: 150)))
  func acceptsMomentsOfOneHotColumns(rows: Int) {
    let moments = DataMoments(Self.oneHot(rows: rows))
    #expect(moments.arePossible)
    #expect(moments.standardized(by: Standardization(moments)).arePossible)
    let denoiser = GaussianMixtureDenoiser(
      mean: moments.mean, covariance: .full(moments.covariance ?? []))
    let level = NoiseLevel(sigma: 0.5)
    #expect(denoiser.logDensity(of: moments.mean, at: level).isFinite)
    // Without noise, the divergence is infinite in a direction of zero variance.
    #expect(ScheduleDiagnosis(terminal: .clean, moments: moments).priorDivergence == .infinity)
  }

  /// Duplicates, constants, and sums among columns of very different magnitudes.
  @Test func acceptsSingularCovariancesInAnyUnit() {
    let z = RandomStream(seed: 6).normal(rows: 3000, columns: 2)
    let data = Matrix<Float>(rows: 3000, columns: 6) { row, column in
      switch column {
      case 0: 1e18 * z[row, 0]
      case 1: 1e-18 * z[row, 0]
      case 2: 1e6 + z[row, 1]
      case 3: z[row, 0] + z[row, 1]
      case 4: 7
      default: 1e-18 * z[row, 0]
      }
    }
    #expect(DataMoments(data).arePossible)
  }

  /// A variance more negative than rounding explains comes from a damaged file, whatever the unit.
  @Test(arguments: [1, 1e-30, 1e30])
  func rejectsImpossibleCovariances(unit: Double) {
    func arePossible(_ covariance: [Double]) -> Bool {
      DataMoments(
        mean: [0, 0], variance: [covariance[0], covariance[3]],
        covariance: covariance.map { $0 * unit * unit }
      ).arePossible
    }
    #expect(arePossible([1, 0.9, 0.9, 1]) && arePossible([1, 1, 1, 1]))
    #expect(arePossible([1, 0, 0, 0]) && arePossible([0, 0, 0, 0]))
    #expect(!arePossible([1, 1.00001, 1.00001, 1]) && !arePossible([1, -2, -2, 1]))
    #expect(!arePossible([1, 1e-9, 1e-9, 0]) && !arePossible([1, 0, 0, -1e-9]))
    #expect(!arePossible([1, 0.5, 0.4, 1]) && !arePossible([1, .nan, .nan, 1]))
  }

  /// The same data on another processor, where some values round differently.
  @Test func momentsAgreeUpToRounding() {
    let moments = DataMoments(Self.data)
    let rounded = Matrix<Float>(rows: 40, columns: 4) { row, column in
      (row + column).isMultiple(of: 3) ? Self.data[row, column].nextUp : Self.data[row, column]
    }
    #expect(DataMoments(rounded) != moments)
    #expect(moments.agree(with: moments) && moments.agree(with: DataMoments(rounded)))
    for column in 0..<4 {
      var other = Self.data
      other[7, column] *= 1.001
      #expect(!moments.agree(with: DataMoments(other)), "\(column)")
    }
    let order = Matrix<Float>(rows: 40, columns: 4) { Self.data[$0, 3 - $1] }
    #expect(!moments.agree(with: DataMoments(order)))
    // Only the covariances differ: the rows of one column are reversed.
    let shuffled = Matrix<Float>(rows: 40, columns: 4) { Self.data[$1 == 1 ? 39 - $0 : $0, $1] }
    #expect(!moments.agree(with: DataMoments(shuffled)))
    #expect(
      !moments.agree(with: DataMoments(mean: moments.mean, variance: moments.variance)))
  }
}
