extension Matrix {
  /// All elements in row-major order, without a copy.
  @inlinable
  public var elements: Span<Element> {
    @_lifetime(borrow self)
    get {
      let start = unsafe UnsafePointer(self.start)
      let span = unsafe Span(_unsafeStart: start, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// All elements in row-major order, for writing in place.
  @inlinable
  public var mutableElements: MutableSpan<Element> {
    @_lifetime(&self)
    mutating get {
      makeUnique()
      let start = unsafe self.start
      let span = unsafe MutableSpan(_unsafeStart: start, count: count)
      return unsafe _overrideLifetime(span, mutating: &self)
    }
  }

  /// Returns the elements of row `index`, without a copy.
  @inlinable
  @_lifetime(borrow self)
  public func row(_ index: Int) -> Span<Element> {
    checkRow(index, rows, columns)
    let start = unsafe UnsafePointer(self.start + index * columns)
    let span = unsafe Span(_unsafeStart: start, count: columns)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// Returns the elements of row `index`, for writing in place.
  @inlinable
  @_lifetime(&self)
  public mutating func mutableRow(_ index: Int) -> MutableSpan<Element> {
    checkRow(index, rows, columns)
    makeUnique()
    let start = unsafe self.start + index * columns
    let span = unsafe MutableSpan(_unsafeStart: start, count: columns)
    return unsafe _overrideLifetime(span, mutating: &self)
  }
}
