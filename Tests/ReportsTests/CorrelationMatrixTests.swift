import LinearAlgebra
import Testing

@testable import LangevinReports

@Suite("Correlations")
struct CorrelationMatrixTests {
  /// b is -2 a, c is uncorrelated with both, d is constant.
  private static let points = Matrix<Float>([
    [1, -2, 1, 5], [2, -4, -1, 5], [3, -6, -1, 5], [4, -8, 1, 5],
  ])

  @Test("Correlations are those of the columns, exactly 1 on the diagonal")
  func values() throws {
    let matrix = CorrelationMatrix(Self.points)
    #expect(matrix[0, 0] == 1 && matrix[2, 2] == 1)
    #expect(abs(try #require(matrix[0, 1]) + 1) < 1e-12)
    #expect(abs(try #require(matrix[0, 2])) < 1e-12)
    #expect(matrix[0, 1] == matrix[1, 0])
    #expect(matrix[3, 3] == nil && matrix[0, 3] == nil)
  }

  @Test("Rows that are not finite do not count")
  func notFinite() {
    let more = Matrix.vertically([
      Self.points, Matrix<Float>([[.nan, 1, 1, 5], [1, .infinity, 1, 5]]),
    ])
    #expect(CorrelationMatrix(more)[0, 1] == CorrelationMatrix(Self.points)[0, 1])
  }

  @Test("The largest correlation is off the diagonal, and a difference is taken for each pair")
  func largest() throws {
    let matrix = CorrelationMatrix(Self.points)
    let largest = try #require(matrix.largest)
    #expect(largest.i == 0 && largest.j == 1)
    #expect(matrix.less(matrix).largest == nil)
    #expect(matrix.less(matrix)[0, 1] == 0)
  }

  @Test("Too few points have no correlations", arguments: 0...1)
  func few(rows: Int) {
    let matrix = CorrelationMatrix(Matrix<Float>(rows: rows, columns: 2, repeating: 1))
    #expect(matrix[0, 0] == nil && matrix[0, 1] == nil && matrix.largest == nil)
  }
}
