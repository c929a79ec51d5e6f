import LangevinKernelTable
import LangevinPreconditions

/// A row or a column that arithmetic applies to each row or column of a matrix.
///
///     (a - .eachRow(a.columnMeans)) ./ .eachRow(a.columnStandardDeviations())
///     weights ./ .eachColumn(weights.rowSums)
///
/// There is no implicit broadcasting: a shape that differs by mistake stops the program instead.
public struct Broadcast<Element: MatrixElement>: Sendable {
  fileprivate let values: Matrix<Element>
  fileprivate let isRow: Bool

  /// Returns the broadcast of a single row to each row.
  public static func eachRow(_ row: Matrix<Element>) -> Broadcast {
    require(row.rows == 1, "eachRow: \(row.shapeDescription) is not a single row")
    return Broadcast(values: row, isRow: true)
  }

  /// Returns the broadcast of `row` to each row.
  public static func eachRow(_ row: [Element]) -> Broadcast { .eachRow(Matrix(row: row)) }

  /// Returns the broadcast of a single column to each column.
  public static func eachColumn(_ column: Matrix<Element>) -> Broadcast {
    require(
      column.columns == 1, "eachColumn: \(column.shapeDescription) is not a single column")
    return Broadcast(values: column, isRow: false)
  }

  /// Returns the broadcast of `column` to each column.
  public static func eachColumn(_ column: [Element]) -> Broadcast {
    .eachColumn(Matrix(column: column))
  }

  /// An operation on elements and the values that are broadcast to them.
  fileprivate enum Operation: String {
    case add = "+"
    case subtract = "-"
    case multiply = ".*"
    case divide = "./"

    /// The kernel for a row of elements and the row of values.
    func combine(_ kernels: ElementKernels) -> ElementKernels.Combine {
      switch self {
      case .add: unsafe kernels.add
      case .subtract: unsafe kernels.subtract
      case .multiply: unsafe kernels.multiply
      case .divide: unsafe kernels.divide
      }
    }

    /// The kernel for a row of elements and a single value, whose sign `subtract` has changed.
    func combineWithScalar(_ kernels: ElementKernels) -> ElementKernels.CombineWithScalar {
      switch self {
      case .add, .subtract: unsafe kernels.addScalar
      case .multiply: unsafe kernels.scale
      case .divide: unsafe kernels.divideByScalar
      }
    }
  }

  /// Sets `target` to the result of `operation` on `x`, which may be the same block, and the values.
  fileprivate func apply(
    _ operation: Operation, to x: MatrixHandle<Element>, _ target: MatrixHandle<Element>
  ) {
    let length = isRow ? x.columns : x.rows
    if values.count != length {
      requirementFailure(
        """
        \(operation.rawValue): a \(isRow ? "row" : "column") of \(values.count) elements does not \
        fit \(x.shapeDescription)
        """)
    }
    let kernels = Engine.current.kernels(of: Element.self)
    values.withHandle { values in
      if isRow { return unsafe target.formRows(x, eachWith: values, operation.combine(kernels)) }
      let kernel = unsafe operation.combineWithScalar(kernels)
      for row in 0..<x.rows {
        let value = unsafe Double(values.base[row])
        unsafe kernel(
          x.columns, operation == .subtract ? -value : value, x.base + row * x.stride,
          target.base + row * target.stride)
      }
    }
  }

  /// Returns the result of `operation` on the elements of `view` and the values.
  fileprivate func result(_ operation: Operation, _ view: MatrixView<Element>) -> Matrix<Element> {
    let result = Matrix<Element>(uninitializedRows: view.rows, columns: view.columns)
    view.withRows { x in result.withHandle { apply(operation, to: x, $0) } }
    return result
  }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns `a` with the row or column added to each row or column.
  public static func + (a: borrowing Self, b: Broadcast<Element>) -> Matrix<Element> {
    b.result(.add, a.view)
  }

  /// Returns `a` with the row or column subtracted from each row or column.
  public static func - (a: borrowing Self, b: Broadcast<Element>) -> Matrix<Element> {
    b.result(.subtract, a.view)
  }

  /// Returns `a` with each row or column multiplied by the row or column, element by element.
  public static func .* (a: borrowing Self, b: Broadcast<Element>) -> Matrix<Element> {
    b.result(.multiply, a.view)
  }

  /// Returns `a` with each row or column divided by the row or column, element by element.
  public static func ./ (a: borrowing Self, b: Broadcast<Element>) -> Matrix<Element> {
    b.result(.divide, a.view)
  }
}

extension Matrix {
  /// Adds the row or column to each row or column.
  public static func += (a: inout Matrix, b: Broadcast<Element>) {
    a.withMutableHandle { b.apply(.add, to: $0, $0) }
  }

  /// Subtracts the row or column from each row or column.
  public static func -= (a: inout Matrix, b: Broadcast<Element>) {
    a.withMutableHandle { b.apply(.subtract, to: $0, $0) }
  }

  /// Multiplies each row or column by the row or column, element by element.
  public static func .*= (a: inout Matrix, b: Broadcast<Element>) {
    a.withMutableHandle { b.apply(.multiply, to: $0, $0) }
  }

  /// Divides each row or column by the row or column, element by element.
  public static func ./= (a: inout Matrix, b: Broadcast<Element>) {
    a.withMutableHandle { b.apply(.divide, to: $0, $0) }
  }
}
