/// The transpose of a matrix: an operand that shares the memory of the matrix.
///
/// `a.transpose * b` copies nothing: BLAS reads the transpose from the elements of `a`. `Matrix(a.transpose)`
/// and ``MatrixOperand/transposed`` copy the elements.
public struct Transpose<Element: MatrixElement>: Sendable, MatrixOperand {
  /// The matrix whose transpose this is.
  public let matrix: Matrix<Element>

  /// Creates the transpose of `matrix`.
  public init(_ matrix: Matrix<Element>) { self.matrix = matrix }

  /// The number of rows.
  public var rows: Int { matrix.columns }
  /// The number of columns.
  public var columns: Int { matrix.rows }
  /// The matrix whose transpose this is.
  public var transpose: Matrix<Element> { matrix }

  /// The element in row `row` and column `column`.
  public subscript(row: Int, column: Int) -> Element { matrix[column, row] }

  /// A view of all elements, without a copy.
  public var view: MatrixView<Element> {
    @_lifetime(borrow self)
    get {
      let view = matrix.view.transpose
      return unsafe _overrideLifetime(view, borrowing: self)
    }
  }
}

extension Matrix {
  /// Creates a matrix with a copy of the elements of `transpose`.
  public init(_ transpose: Transpose<Element>) { self.init(transpose.view) }
}
