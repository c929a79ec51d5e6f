import LinearAlgebra
import Testing

/// Creating, copying, reading, and changing matrices.
@Suite struct MatrixValueTests {
  @Test func initializersAgree() {
    let expected: [Float] = [1, 2, 3, 4, 5, 6]
    let matrices = [
      Matrix<Float>([[1, 2, 3], [4, 5, 6]]),
      Matrix<Float>(rows: 2, columns: 3, elements: expected),
      Matrix<Float>(rows: 2, columns: 3) { Float(3 * $0 + $1 + 1) },
    ]
    for matrix in matrices {
      #expect(matrix.rows == 2 && matrix.columns == 3 && matrix.count == 6)
      #expect(elements(of: matrix) == expected)
      #expect(matrix[1, 0] == 4)
    }
    #expect(elements(of: Matrix<Float>(rows: 2, columns: 2, repeating: 7)) == [7, 7, 7, 7])
    #expect(Matrix<Float>.identity(2) == Matrix<Float>([[1, 0], [0, 1]]))
    #expect(Matrix<Float>.diagonal([3, 4]) == Matrix<Float>([[3, 0], [0, 4]]))
    #expect(Matrix<Float>([]).isEmpty)
    #expect(Matrix<Float>(rows: 0, columns: 3).isEmpty)
  }

  @Test func copiesAreIndependent() {
    let original = randomMatrix(3, 4)
    let before = elements(of: original)
    var copy = original
    copy[0, 0] = 100
    copy *= 2
    copy += original
    var span = copy.mutableElements
    span[5] = 7
    var row = copy.mutableRow(2)
    row[1] = 8
    copy.resize(rows: 5)
    copy += .eachRow(Matrix<Float>(rows: 1, columns: 4, repeating: 1))
    copy.formProduct(randomMatrix(5, 2), randomMatrix(2, 4))
    #expect(elements(of: original) == before)
  }

  @Test func changesInPlace() {
    var matrix = Matrix<Float>([[1, 2], [3, 4]])
    matrix[1, 0] = 30
    var span = matrix.mutableElements
    span[1] = 20
    var row = matrix.mutableRow(1)
    row[1] = 40
    #expect(matrix == Matrix<Float>([[1, 20], [30, 40]]))
    #expect(matrix.row(1)[0] == 30)
    #expect(matrix.row(0).count == 2)
  }

  /// Removed rows are discarded: rows added later are zeros.
  @Test func keepsRowsWhenResized() {
    var matrix = Matrix<Float>([[1, 2], [3, 4], [5, 6]])
    let copy = matrix
    matrix.resize(rows: 1)
    #expect(matrix == Matrix<Float>([[1, 2]]))
    matrix.resize(rows: 3)
    #expect(matrix == Matrix<Float>([[1, 2], [0, 0], [0, 0]]))
    matrix.resize(rows: 1000)
    #expect(matrix.rows == 1000 && matrix.sum == 3)
    matrix.resize(rows: 0)
    #expect(matrix.isEmpty && matrix.columns == 2)
    #expect(copy == Matrix<Float>([[1, 2], [3, 4], [5, 6]]))
  }

  @Test func takesRowsAndColumns() {
    let matrix = Matrix<Float>([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    #expect(matrix.rows(1..<3) == Matrix<Float>([[4, 5, 6], [7, 8, 9]]))
    #expect(matrix.rows(1..<1) == Matrix<Float>(rows: 0, columns: 3))
    #expect(matrix.columns(0..<2) == Matrix<Float>([[1, 2], [4, 5], [7, 8]]))
    #expect(matrix.columns(3..<3) == Matrix<Float>(rows: 3, columns: 0))
    #expect(matrix.rows(at: [2, 0, 2]) == Matrix<Float>([[7, 8, 9], [1, 2, 3], [7, 8, 9]]))
    var gathered = Matrix<Float>(rows: 2, columns: 3)
    gathered.gatherRows(of: matrix, at: [1, 1])
    #expect(gathered == Matrix<Float>([[4, 5, 6], [4, 5, 6]]))
    var itself = matrix
    itself.gatherRows(of: itself, at: [2, 1, 0])
    #expect(itself == Matrix<Float>([[7, 8, 9], [4, 5, 6], [1, 2, 3]]))
    #expect(
      Matrix.vertically([matrix.rows(0..<1), matrix.rows(2..<3)]) == matrix.rows(at: [0, 2]))
    #expect(Matrix<Float>.vertically([]).isEmpty)
    #expect(matrix.transposed == Matrix<Float>([[1, 4, 7], [2, 5, 8], [3, 6, 9]]))
  }

  @Test func describesItself() {
    #expect(
      Matrix<Float>([[1, -2.5], [100, 0]]).description
        == "Matrix<Float> 2 × 2\n  1.0  -2.5\n100.0   0.0")
    #expect(Matrix<Float>(rows: 0, columns: 3).description == "Matrix<Float> 0 × 3")
    let large = Matrix<Float>(rows: 20, columns: 9) { Float($0 * 9 + $1) }.description
    #expect(large.split(separator: "\n").count == 10)
    #expect(large.contains("…") && large.hasSuffix("179.0"))
  }

  @Test func comparesWithTolerance() {
    let a = Matrix<Float>([[1, 100]])
    #expect(a == Matrix<Float>([[1, 100]]))
    #expect(a != Matrix<Float>([[1], [100]]))
    #expect(Matrix<Float>([[.nan]]) != Matrix<Float>([[.nan]]))
    #expect(a.isApproximatelyEqual(to: Matrix<Float>([[1, 100.001]]), relativeTolerance: 1.1e-5))
    #expect(!a.isApproximatelyEqual(to: Matrix<Float>([[1.001, 100]]), relativeTolerance: 1e-5))
    #expect(
      a.isApproximatelyEqual(
        to: Matrix<Float>([[1.001, 100]]), absoluteTolerance: 2e-3, relativeTolerance: 0))
    #expect(!a.isApproximatelyEqual(to: Matrix<Float>([[1], [100]]), relativeTolerance: 1))
    let infinite = Matrix<Float>([[.infinity]])
    #expect(infinite.isApproximatelyEqual(to: infinite))
    #expect(!infinite.isApproximatelyEqual(to: Matrix<Float>([[1]]), relativeTolerance: 1))
    #expect(!infinite.isApproximatelyEqual(to: -infinite, relativeTolerance: 1))
    #expect(
      !Matrix<Float>([[.nan]]).isApproximatelyEqual(
        to: Matrix<Float>([[.nan]]), absoluteTolerance: 1, relativeTolerance: 1))
    #expect(a.maximumDifference(from: Matrix<Float>([[1.5, 98]])) == 2)
    #expect(a.maximumDifference(from: Matrix<Float>([[.nan, 98]])).isNaN)
  }
}
