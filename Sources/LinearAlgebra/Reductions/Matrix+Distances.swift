import LangevinPreconditions

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the squared Euclidean distance between each row of this matrix and each row of `other`:
  /// element (i, j) is Σ (x[i, k] - y[j, k])² over k.
  ///
  /// Unlike |x|² + |y|² - 2 x·y, the sum of squared differences is accurate for rows that are close together,
  /// and never negative.
  ///
  /// - Parameter other: A matrix with as many columns.
  /// - Returns: A matrix of `rows` × `other.rows`.
  public func squaredDistances(
    to other: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Matrix<Element> {
    require(
      columns == other.columns,
      "squaredDistances: \(shapeDescription) and \(other.shapeDescription) differ in columns")
    var result = Matrix<Element>(rows: rows, columns: other.rows)
    let (view, transposed) = (view, other.transposed)
    result.withMutableHandle { result in
      view.withRows { x in
        transposed.withHandle { y in result.addSquaredDifferences(x, y) }
      }
    }
    return result
  }
}

extension MatrixHandle {
  /// Adds (x[i, k] - y[k, j])² for every k to element (i, j).
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func addSquaredDifferences(_ x: MatrixHandle, _ y: MatrixHandle) {
    for i in 0..<rows {
      let line = unsafe base + i * stride
      for k in 0..<x.columns {
        let (number, others) = unsafe (x.base[i * x.stride + k], y.base + k * y.stride)
        for j in 0..<columns {
          let difference = unsafe number - others[j]
          unsafe line[j] += difference * difference
        }
      }
    }
  }
}
