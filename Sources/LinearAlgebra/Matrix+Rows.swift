import LangevinPreconditions

extension Matrix {
  /// Returns a copy of the rows `range`.
  public func rows(_ range: Range<Int>) -> Matrix {
    var result = Matrix(uninitializedRows: range.count, columns: columns)
    withHandle { source in
      result.withMutableHandle { $0.copy(source.rows(range)) }
    }
    return result
  }

  /// Returns a copy of the rows at `indices`, in that order.
  public func rows(at indices: some Collection<Int>) -> Matrix {
    var result = Matrix(uninitializedRows: indices.count, columns: columns)
    result.gatherRows(of: self, at: indices)
    return result
  }

  /// Returns `count` evenly spaced rows, starting with the first; all rows if there are fewer.
  package func evenlySpacedRows(_ count: Int) -> Matrix {
    if count >= rows { return self }
    return rows(at: (0..<count).map { $0 * rows / count })
  }

  /// Overwrites row i of this matrix with row `indices[i]` of `source`, for every i.
  public mutating func gatherRows(of source: Matrix, at indices: some Collection<Int>) {
    gatherRows(of: source, at: Array(indices).span)
  }

  /// Overwrites row i of this matrix with row `indices[i]` of `source`, for every i.
  public mutating func gatherRows(of source: Matrix, at indices: Span<Int>) {
    require(
      indices.count == rows && source.columns == columns,
      """
      gatherRows: \(indices.count) rows of \(source.shapeDescription) do not fill \
      \(shapeDescription)
      """)
    withMutableHandle { target in
      source.withHandle { source in
        for row in indices.indices {
          let index = indices[row]
          source.checkRow(index)
          let (to, from) = unsafe (
            target.base + row * target.stride, source.base + index * source.stride
          )
          // Most rows are points, and calling memmove takes longer than copying a point.
          if target.columns > 16 {
            unsafe to.update(from: from, count: target.columns)
          } else {
            for column in 0..<target.columns { unsafe to[column] = from[column] }
          }
        }
      }
    }
  }

  /// Returns a copy of the columns `range`.
  public func columns(_ range: Range<Int>) -> Matrix {
    var result = Matrix(uninitializedRows: rows, columns: range.count)
    withHandle { source in
      result.withMutableHandle { $0.copy(source.columns(range)) }
    }
    return result
  }

  /// Returns the matrices, all of the same width, stacked vertically.
  public static func vertically(_ matrices: [Matrix]) -> Matrix {
    let columns = matrices.first?.columns ?? 0
    var result = Matrix(uninitializedRows: matrices.reduce(0) { $0 + $1.rows }, columns: columns)
    result.withMutableHandle { target in
      var row = 0
      for matrix in matrices {
        matrix.withHandle { target.rows(row..<row + matrix.rows).copy($0) }
        row += matrix.rows
      }
    }
    return result
  }

  /// Returns the matrices, all of the same height, side by side.
  public static func horizontally(_ matrices: [Matrix]) -> Matrix {
    let rows = matrices.first?.rows ?? 0
    var result = Matrix(
      uninitializedRows: rows, columns: matrices.reduce(0) { $0 + $1.columns })
    result.withMutableHandle { target in
      var column = 0
      for matrix in matrices {
        let range = column..<column + matrix.columns
        matrix.withHandle { target.columns(range).copy($0) }
        column += matrix.columns
      }
    }
    return result
  }
}
