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

  /// Sets `target` to `combine(x, values)` for a row, or `combineWithScalar(±value, x)` for each value of
  /// a column.
  fileprivate func apply(
    _ name: StaticString, to x: MatrixHandle<Element>, _ target: MatrixHandle<Element>,
    _ combine: (ElementKernels) -> ElementKernels.Combine,
    _ combineWithScalar: (ElementKernels) -> ElementKernels.CombineWithScalar,
    sign: Double = 1
  ) {
    let length = isRow ? x.columns : x.rows
    if values.count != length {
      requirementFailure(
        """
        \(name): a \(isRow ? "row" : "column") of \(values.count) elements does not fit \
        \(x.shapeDescription)
        """)
    }
    let kernels = Engine.current.kernels(of: Element.self)
    values.withHandle { values in
      if isRow {
        unsafe target.formRows(x, eachWith: values, combine(kernels))
      } else {
        let function = unsafe combineWithScalar(kernels)
        for row in 0..<x.rows {
          unsafe function(
            x.columns, sign * Double(values.base[row]), x.base + row * x.stride,
            target.base + row * target.stride)
        }
      }
    }
  }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns `a` with the row or column added to each row or column.
  public static func + (a: borrowing Self, b: Broadcast<Element>) -> Matrix<Element> {
    var result = Matrix(a.view)
    result += b
    return result
  }

  /// Returns `a` with the row or column subtracted from each row or column.
  public static func - (a: borrowing Self, b: Broadcast<Element>) -> Matrix<Element> {
    var result = Matrix(a.view)
    result -= b
    return result
  }

  /// Returns `a` with each row or column multiplied by the row or column, element by element.
  public static func .* (a: borrowing Self, b: Broadcast<Element>) -> Matrix<Element> {
    var result = Matrix(a.view)
    result .*= b
    return result
  }

  /// Returns `a` with each row or column divided by the row or column, element by element.
  public static func ./ (a: borrowing Self, b: Broadcast<Element>) -> Matrix<Element> {
    var result = Matrix(a.view)
    result ./= b
    return result
  }
}

extension Matrix {
  /// Adds the row or column to each row or column.
  public static func += (a: inout Matrix, b: Broadcast<Element>) {
    a.withMutableHandle {
      unsafe b.apply("+", to: $0, $0, { unsafe $0.add }, { unsafe $0.addScalar })
    }
  }

  /// Subtracts the row or column from each row or column.
  public static func -= (a: inout Matrix, b: Broadcast<Element>) {
    a.withMutableHandle {
      unsafe b.apply("-", to: $0, $0, { unsafe $0.subtract }, { unsafe $0.addScalar }, sign: -1)
    }
  }

  /// Multiplies each row or column by the row or column, element by element.
  public static func .*= (a: inout Matrix, b: Broadcast<Element>) {
    a.withMutableHandle {
      unsafe b.apply(".*", to: $0, $0, { unsafe $0.multiply }, { unsafe $0.scale })
    }
  }

  /// Divides each row or column by the row or column, element by element.
  public static func ./= (a: inout Matrix, b: Broadcast<Element>) {
    a.withMutableHandle {
      unsafe b.apply("./", to: $0, $0, { unsafe $0.divide }, { unsafe $0.divideByScalar })
    }
  }
}
