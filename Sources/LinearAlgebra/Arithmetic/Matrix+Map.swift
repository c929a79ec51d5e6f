extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the matrix of `transform(element)` for every element.
  ///
  /// The compiler inlines and vectorizes a closure of simple arithmetic.
  @inlinable
  public func map<Result: MatrixElement>(
    _ transform: (Element) throws -> Result
  ) rethrows -> Matrix<Result> {
    let view = view
    let result = Matrix<Result>(uninitializedRows: view.rows, columns: view.columns)
    let (from, to) = unsafe (view.base, result.start)
    if view.isContiguous {
      for i in 0..<view.rows &* view.columns { unsafe to[i] = try transform(from[i]) }
    } else {
      for row in 0..<view.rows {
        for column in 0..<view.columns {
          unsafe to[row &* view.columns &+ column] = try transform(
            from[row &* view.rowStride &+ column &* view.columnStride])
        }
      }
    }
    return result
  }

  /// Returns the matrix of `transform(a, b)` for every element a and the element b of `other`.
  @inlinable
  public func zipMap<Other: MatrixElement, Result: MatrixElement>(
    _ other: borrowing some MatrixOperand<Other> & ~Copyable & ~Escapable,
    _ transform: (Element, Other) throws -> Result
  ) rethrows -> Matrix<Result> {
    let (a, b) = (view, other.view)
    if a.rows != b.rows || a.columns != b.columns {
      shapeFailure("zipMap", a.rows, a.columns, b.rows, b.columns)
    }
    let result = Matrix<Result>(uninitializedRows: a.rows, columns: a.columns)
    let (x, y, to) = unsafe (a.base, b.base, result.start)
    if a.isContiguous && b.isContiguous {
      for i in 0..<a.rows &* a.columns { unsafe to[i] = try transform(x[i], y[i]) }
    } else {
      for row in 0..<a.rows {
        for column in 0..<a.columns {
          unsafe to[row &* a.columns &+ column] = try transform(
            x[row &* a.rowStride &+ column &* a.columnStride],
            y[row &* b.rowStride &+ column &* b.columnStride])
        }
      }
    }
    return result
  }
}

extension Matrix {
  /// Replaces every element by `transform(element)`.
  @inlinable
  public mutating func formMap(_ transform: (Element) throws -> Element) rethrows {
    makeUnique()
    let start = unsafe self.start
    for i in 0..<count { unsafe start[i] = try transform(start[i]) }
  }
}

extension MatrixView {
  /// Whether all elements are adjacent in memory, in row-major order.
  @inlinable
  public var isContiguous: Bool {
    (columnStride == 1 || columns <= 1) && (rowStride == columns || rows <= 1)
  }
}
