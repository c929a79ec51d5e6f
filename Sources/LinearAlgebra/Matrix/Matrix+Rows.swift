import LangevinPreconditions

extension Matrix {
  /// Returns a copy of the rows `range`.
  public func rows(_ range: Range<Int>) -> Matrix { Matrix(view.rows(range)) }

  /// Returns a copy of the columns `range`.
  public func columns(_ range: Range<Int>) -> Matrix { Matrix(view.columns(range)) }

  /// Returns a copy of the rows at `indices`, in that order.
  public func rows(at indices: some Sequence<Int>) -> Matrix {
    let indices = Array(indices)
    var result = Matrix(uninitializedRows: indices.count, columns: columns)
    result.gatherRows(of: self, at: indices)
    return result
  }

  /// Returns a copy of the columns at `indices`, in that order.
  public func columns(at indices: some Sequence<Int>) -> Matrix {
    let indices = Array(indices)
    var result = Matrix(uninitializedRows: rows, columns: indices.count)
    for index in indices { checkColumn(index, rows, columns) }
    result.withMutableHandle { target in
      withHandle { $0.gatherColumns(indices, to: target) }
    }
    return result
  }

  /// Returns a copy of the rows for which `mask` is true.
  ///
  /// - Parameter mask: A truth value for each row.
  public func rows(where mask: [Bool]) -> Matrix {
    require(
      mask.count == rows,
      "rows(where:): a mask of \(mask.count) values does not fit \(shapeDescription)")
    return rows(at: mask.indices.filter { mask[$0] })
  }

  /// Returns a copy of the columns for which `mask` is true.
  ///
  /// - Parameter mask: A truth value for each column.
  public func columns(where mask: [Bool]) -> Matrix {
    require(
      mask.count == columns,
      "columns(where:): a mask of \(mask.count) values does not fit \(shapeDescription)")
    return columns(at: mask.indices.filter { mask[$0] })
  }

  /// Returns a copy of the rows for which `mask` is true.
  ///
  ///     a.rows(where: a[..., 0] .> 0)
  ///
  /// - Parameter mask: A single column with a truth value for each row.
  public func rows(where mask: Mask) -> Matrix {
    require(
      mask.columns == 1,
      "rows(where:): a mask of \(mask.rows) × \(mask.columns) is not a single column")
    return rows(where: mask.array)
  }

  /// Returns a copy of the columns for which `mask` is true.
  ///
  /// - Parameter mask: A single row with a truth value for each column.
  public func columns(where mask: Mask) -> Matrix {
    require(
      mask.rows == 1,
      "columns(where:): a mask of \(mask.rows) × \(mask.columns) is not a single row")
    return columns(where: mask.array)
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
      source.withHandle { $0.gatherRows(indices, to: target) }
    }
  }

  /// Returns the matrices, all of the same width, stacked vertically.
  public static func vertically(_ matrices: [Matrix]) -> Matrix {
    let columns = matrices.first?.columns ?? 0
    var result = Matrix(uninitializedRows: matrices.reduce(0) { $0 + $1.rows }, columns: columns)
    for matrix in matrices {
      require(
        matrix.columns == columns,
        "vertically: \(matrix.shapeDescription) does not have \(columns) columns, as the first")
    }
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
    for matrix in matrices {
      require(
        matrix.rows == rows,
        "horizontally: \(matrix.shapeDescription) does not have \(rows) rows, as the first")
    }
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

extension MatrixHandle {
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func gatherRows(_ indices: Span<Int>, to target: MatrixHandle) {
    for row in indices.indices {
      let index = indices[row]
      checkRow(index, rows, columns)
      let (to, from) = unsafe (target.base + row * target.stride, base + index * stride)
      // Most rows are points, and calling memmove takes longer than copying a point.
      if columns > 16 {
        unsafe to.update(from: from, count: columns)
      } else {
        for column in 0..<columns { unsafe to[column] = from[column] }
      }
    }
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func gatherColumns(_ indices: [Int], to target: MatrixHandle) {
    for row in 0..<rows {
      let (to, from) = unsafe (target.base + row * target.stride, base + row * stride)
      for (column, index) in indices.enumerated() { unsafe to[column] = from[index] }
    }
  }
}
