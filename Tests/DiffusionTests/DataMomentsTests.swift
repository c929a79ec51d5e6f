import Diffusion
import Foundation
import LinearAlgebra
import Testing

/// Moments of data, and the units in which they are 0 and 1.
@Suite struct DataMomentsTests {
  /// Columns of different units, correlated; the last is constant.
  private static let data: Matrix = {
    let z = RandomStream(seed: 5).normal(rows: 40, columns: 3)
    return Matrix(rows: 40, columns: 4) { row, column in
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

  @Test func areThoseOfTheDefinitions() {
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

  @Test func covariancesOfManyColumnsAreNotKept() {
    let limit = DataMoments.covarianceLimit
    let few = DataMoments(RandomStream(seed: 1).normal(rows: 3, columns: limit))
    let many = DataMoments(RandomStream(seed: 1).normal(rows: 3, columns: limit + 1))
    #expect(few.covariance?.count == limit * limit && many.covariance == nil)
    #expect(many.standardised(by: Standardisation(many)).variance.allSatisfy { abs($0 - 1) < 1e-9 })
  }

  @Test func standardisedDataHaveMeanZeroAndVarianceOne() {
    let moments = DataMoments(Self.data)
    let standardisation = Standardisation(moments)
    // What rounding leaves of a constant column is not blown up.
    #expect(standardisation.deviation[3] == 1)
    let found = DataMoments(standardisation.apply(to: Self.data))
    let expected = moments.standardised(by: standardisation)
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

  @Test func theWayBackLeadsBack() {
    let standardisation = Standardisation(DataMoments(Self.data))
    let back = standardisation.invert(standardisation.apply(to: Self.data))
    for i in 0..<4 {
      for row in 0..<40 {
        let scale = abs(Self.data[row, i]) + Float(standardisation.deviation[i])
        #expect(abs(back[row, i] - Self.data[row, i]) <= 3e-7 * scale)
      }
    }
    let product = standardisation.deviation.reduce(1, *)
    #expect(abs(standardisation.logDeterminant + log(product)) < 1e-12)
  }

  /// In `Float`, 0.1 a thousand times has not the mean 0.1.
  @Test(arguments: [0.1, -3e5, 0, 1e-20] as [Float])
  func constantColumnsBecomeZero(_ value: Float) {
    let data = Matrix(rows: 1000, columns: 2) { row, column in
      column == 0 ? value : Float(row)
    }
    let standardisation = Standardisation(DataMoments(data))
    let standardised = standardisation.apply(to: data)
    #expect((0..<1000).allSatisfy { abs(standardised[$0, 0]) <= 1e-6 })
    let back = standardisation.invert(standardised)
    #expect((0..<1000).allSatisfy { back[$0, 0] == value })
  }
}
