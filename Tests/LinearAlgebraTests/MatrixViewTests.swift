import LinearAlgebra
import Testing

/// Views of matrices: reading and writing. `Tests/check-soundness.sh` tests what they must not allow.
@Suite struct MatrixViewTests {
  private static let matrix = Matrix<Float>(rows: 4, columns: 5) { Float(10 * $0 + $1) }

  @Test func blocksMatchTheMatrix() {
    let matrix = Self.matrix
    let block = matrix.view.rows(1..<3).columns(2..<5)
    #expect(Matrix<Float>(block) == matrix.rows(1..<3).columns(2..<5))
    #expect(block.rows == 2 && block.columns == 3 && block[1, 2] == 24)
    let row = block.row(1)
    #expect(row.count == 3 && row[0] == 22)
    let none = matrix.view.rows(2..<2)
    #expect(Matrix<Float>(none).isEmpty)
  }

  @Test func writesOnlyToTheBlock() {
    var matrix = Self.matrix
    let copy = matrix
    do {
      var view = matrix.mutableView
      var rows = view.rows(1..<3)
      var block = rows.columns(0..<2)
      block.fill(-1)
      block[1, 1] = 7
      var row = block.mutableRow(0)
      row[0] = 5
    }
    let expected = Matrix<Float>([
      [0, 1, 2, 3, 4], [5, -1, 12, 13, 14], [-1, 7, 22, 23, 24], [30, 31, 32, 33, 34],
    ])
    #expect(matrix == expected)
    // Earlier copies stay unchanged.
    #expect(copy == Self.matrix)
  }

  @Test func copiesAndProducts() {
    let other = Matrix<Float>(rows: 4, columns: 3) { Float($0 - $1) }
    var result = Matrix<Float>(rows: 6, columns: 5, repeating: 9)
    do {
      var view = result.mutableView
      var block = view.rows(0..<3)
      block.formProduct(other.view, Self.matrix.view, transposeA: true)
      var last = view.rows(5..<6)
      last.copy(Self.matrix.view.rows(2..<3))
    }
    #expect(result.rows(0..<3) == Matrix.product(other, Self.matrix, transposeA: true))
    #expect(result.rows(3..<5) == Matrix<Float>(rows: 2, columns: 5, repeating: 9))
    #expect(result.rows(5..<6) == Self.matrix.rows(2..<3))
  }

  @Test func vectorFunctionsMatchThoseOfMatrices() {
    var matrix = Matrix<Float>(rows: 1, columns: 37) { Float($1 - 18) / 4 }
    let x = matrix
    for (form, expected) in [
      ({ (s: inout MutableSpan<Float>) in s.formExponential() }, exp(x)),
      ({ $0.formSoftplus() }, softplus(x)), ({ $0.formSigmoid() }, sigmoid(x)),
    ] {
      matrix = x
      do {
        var row = matrix.mutableElements
        form(&row)
      }
      #expect(matrix == expected)
    }
    matrix = x.map { $0 + 5 }
    do {
      var row = matrix.mutableElements
      row.formLogarithmOnePlus()
    }
    #expect(matrix == log(onePlus: x.map { $0 + 5 }))
  }
}
