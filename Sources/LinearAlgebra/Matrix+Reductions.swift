import LangevinKernelTable

extension Matrix {
  /// The sum of all elements, computed in `Double`.
  public var sum: Double {
    withHandle { unsafe Engine.current.kernels.sum($0.rows * $0.columns, $0.base) }
  }

  /// The mean of all elements, computed in `Double`; NaN for an empty matrix.
  public var mean: Double { sum / Double(count) }

  /// The sum of the squares of all elements, computed in `Double`.
  public var squaredNorm: Double {
    withHandle { unsafe Engine.current.kernels.squaredNorm($0.rows * $0.columns, $0.base) }
  }

  /// The Frobenius norm: the square root of ``squaredNorm``.
  public var norm: Double { squaredNorm.squareRoot() }

  /// The smallest element, ignoring NaN; nil for an empty matrix.
  public var minimum: Float? { reduceElements { Float.minimum($0, $1) } }

  /// The largest element, ignoring NaN; nil for an empty matrix.
  public var maximum: Float? { reduceElements { Float.maximum($0, $1) } }

  /// The sum of each column, as one row.
  public var columnSums: Matrix {
    var result = Matrix(uninitializedRows: 1, columns: columns)
    result.withMutableHandle { result in
      withHandle { x in
        unsafe Engine.current.kernels.sumColumns(
          x.rows, x.columns, x.base, x.stride, false, result.base)
      }
    }
    return result
  }

  /// The mean of each column, as one row; NaN for a matrix without rows.
  public var columnMeans: Matrix { columnSums / Float(rows) }

  /// Returns the standard deviation of each column, as one row.
  ///
  /// - Parameter correction: The number subtracted from the number of rows in the divisor: 0 as in NumPy, 1
  ///   for the unbiased variance.
  public func columnStandardDeviations(correction: Int = 0) -> Matrix {
    var centered = self
    centered.addToEachRow(-columnMeans)
    let sums = (centered .* centered).columnSums
    return (sums / Float(rows - correction)).map { $0.squareRoot() }
  }

  /// The sum of each row, as one column.
  public var rowSums: Matrix {
    Matrix(rows: rows, columns: 1) { row, _ in
      Float(withHandle { unsafe Engine.current.kernels.sum($0.columns, $0.base + row * $0.stride) })
    }
  }

  /// Whether every element is a finite number.
  public var isFinite: Bool {
    let elements = elements
    for i in elements.indices where !elements[i].isFinite { return false }
    return true
  }

  private func reduceElements(_ combine: (Float, Float) -> Float) -> Float? {
    let elements = elements
    if elements.isEmpty { return nil }
    var result = elements[0]
    for i in elements.indices { result = combine(result, elements[i]) }
    return result
  }
}
