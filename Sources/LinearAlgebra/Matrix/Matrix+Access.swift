import LangevinPreconditions

// Blocks by ranges. A range may be partial (`1...`), and `...` alone takes all rows or columns. Reading
// copies the block; `view[…]` does not.

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the rows of `range`; stops the program if they are outside.
  fileprivate func rowRange(_ range: some RangeExpression<Int>) -> Range<Int> {
    indices(of: range, among: rows, "rows")
  }

  /// Returns the columns of `range`; stops the program if they are outside.
  fileprivate func columnRange(_ range: some RangeExpression<Int>) -> Range<Int> {
    indices(of: range, among: columns, "columns")
  }

  private func indices(
    of range: some RangeExpression<Int>, among count: Int, _ axis: StaticString
  ) -> Range<Int> {
    // Relative to all numbers, open ends can be recognized. Relative to `0..<count`, a range that starts beyond
    // its end would stop the program without a message.
    let range = range.relative(to: Int.min..<Int.max)
    let lower = range.lowerBound == .min ? 0 : range.lowerBound
    let upper = range.upperBound == .max ? count : range.upperBound
    require(
      lower >= 0 && lower <= upper && upper <= count,
      "Matrix: \(axis) \(lower)..<\(upper) are outside \(shapeDescription)")
    return lower..<upper
  }
}

extension Matrix {
  /// The block of `rows` and `columns`: a copy when it is read; setting it writes the elements.
  public subscript(rows: some RangeExpression<Int>, columns: some RangeExpression<Int>) -> Matrix {
    get {
      Matrix(view.block(rowRange(rows), columnRange(columns)))
    }
    set {
      setBlock(rowRange(rows), columnRange(columns), newValue)
    }
  }

  /// The block of `rows`: a copy when it is read; setting it writes the elements.
  public subscript(rows: some RangeExpression<Int>, _: UnboundedRange) -> Matrix {
    get { self.rows(rowRange(rows)) }
    set { setBlock(rowRange(rows), 0..<columns, newValue) }
  }

  /// The block of `columns`: a copy when it is read; setting it writes the elements.
  public subscript(_: UnboundedRange, columns: some RangeExpression<Int>) -> Matrix {
    get { self.columns(columnRange(columns)) }
    set { setBlock(0..<rows, columnRange(columns), newValue) }
  }

  /// A part of a row, as one row.
  public subscript(row: Int, columns: some RangeExpression<Int>) -> Matrix {
    get { Matrix(view.block(row..<row + 1, columnRange(columns))) }
    set { setBlock(row..<row + 1, columnRange(columns), newValue) }
  }

  /// A row, as one row.
  public subscript(row: Int, _: UnboundedRange) -> Matrix {
    get { Matrix(view.block(row..<row + 1, 0..<columns)) }
    set { setBlock(row..<row + 1, 0..<columns, newValue) }
  }

  /// A part of a column, as one column.
  public subscript(rows: some RangeExpression<Int>, column: Int) -> Matrix {
    get { Matrix(view.block(rowRange(rows), column..<column + 1)) }
    set { setBlock(rowRange(rows), column..<column + 1, newValue) }
  }

  /// A column, as one column.
  public subscript(_: UnboundedRange, column: Int) -> Matrix {
    get { Matrix(view.block(0..<rows, column..<column + 1)) }
    set { setBlock(0..<rows, column..<column + 1, newValue) }
  }

  /// All elements: a copy when it is read; setting it writes the elements of a matrix of the same shape.
  public subscript(_: UnboundedRange, _: UnboundedRange) -> Matrix {
    get { self }
    set { setBlock(0..<rows, 0..<columns, newValue) }
  }

  private mutating func setBlock(_ rows: Range<Int>, _ columns: Range<Int>, _ block: Matrix) {
    checkBlock(rows, columns, in: self.rows, self.columns)
    require(
      block.rows == rows.count && block.columns == columns.count,
      """
      Matrix: a block of \(rows.count) × \(columns.count) cannot be set to \
      \(block.shapeDescription)
      """)
    withMutableHandle { target in
      block.withHandle { target.rows(rows).columns(columns).copy($0) }
    }
  }

  /// Sets row `index` to `elements`.
  public mutating func setRow(_ index: Int, to elements: [Element]) {
    require(
      elements.count == columns,
      "setRow: \(elements.count) elements do not fill a row of \(shapeDescription)")
    checkRow(index, rows, columns)
    self[index, ...] = Matrix(row: elements)
  }

  /// Sets column `index` to `elements`.
  public mutating func setColumn(_ index: Int, to elements: [Element]) {
    require(
      elements.count == rows,
      "setColumn: \(elements.count) elements do not fill a column of \(shapeDescription)")
    checkColumn(index, rows, columns)
    self[..., index] = Matrix(column: elements)
  }
}

extension MatrixView {
  /// Returns a view of the block of `rows` and `columns`.
  public subscript(rows: some RangeExpression<Int>, columns: some RangeExpression<Int>)
    -> MatrixView
  {
    @_lifetime(copy self)
    get {
      block(rowRange(rows), columnRange(columns))
    }
  }

  /// Returns a view of `rows`.
  public subscript(rows: some RangeExpression<Int>, _: UnboundedRange) -> MatrixView {
    @_lifetime(copy self)
    get { block(rowRange(rows), 0..<columns) }
  }

  /// Returns a view of `columns`.
  public subscript(_: UnboundedRange, columns: some RangeExpression<Int>) -> MatrixView {
    @_lifetime(copy self)
    get { block(0..<rows, columnRange(columns)) }
  }

  /// Returns a view of column `index`, as one column.
  @_lifetime(copy self)
  public func column(_ index: Int) -> MatrixView {
    checkColumn(index, rows, columns)
    return block(0..<rows, index..<index + 1)
  }
}

extension Matrix {
  /// Returns a view of column `index`, as one column, without a copy.
  @_lifetime(borrow self)
  public func column(_ index: Int) -> MatrixView<Element> {
    checkColumn(index, rows, columns)
    let handle = withHandle { $0.columns(index..<index + 1) }
    return unsafe _overrideLifetime(MatrixView(handle), borrowing: self)
  }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// The elements on the diagonal, from the first row on.
  public var diagonal: [Element] {
    let view = view
    return (0..<Swift.min(rows, columns)).map { view[$0, $0] }
  }

  /// The sum of the diagonal, in `Double`.
  public var trace: Double { diagonal.reduce(0) { $0 + Double($1) } }

  /// A copy of the transpose.
  public var transposed: Matrix<Element> { Matrix(view.transpose) }

  /// Calls `body` with each row, from the first on.
  public func forEachRow<E>(_ body: (Span<Element>) throws(E) -> Void) throws(E) {
    let view = view
    if view.hasContiguousRows {
      for index in 0..<view.rows { try body(view.row(index)) }
    } else {
      let copy = Matrix(view)
      for index in 0..<copy.rows { try body(copy.row(index)) }
    }
  }
}
