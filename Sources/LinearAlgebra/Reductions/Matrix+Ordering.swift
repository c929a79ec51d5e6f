import LangevinPreconditions

// Cumulative sums, sorting and quantiles. NaN is ordered after all numbers.

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the cumulative sums along each row: element (i, j) is Σ x[i, k] over k ≤ j, computed in `Double`
  /// with compensation.
  public func cumulativeRowSums() -> Matrix<Element> {
    let result = Matrix<Element>(uninitializedRows: rows, columns: columns)
    let view = view
    view.withRows { x in result.withHandle { x.accumulateRows(to: $0) } }
    return result
  }

  /// Returns the cumulative sums along each column: element (i, j) is Σ x[k, j] over k ≤ i, computed in
  /// `Double` with compensation.
  public func cumulativeColumnSums() -> Matrix<Element> {
    Matrix(transposed.cumulativeRowSums().transpose)
  }

  /// Returns the matrix with the elements of each row in ascending order.
  public func sortedRows() -> Matrix<Element> {
    let result = Matrix(view)
    result.withHandle { $0.sortRows() }
    return result
  }

  /// Returns the matrix with the elements of each column in ascending order.
  public func sortedColumns() -> Matrix<Element> { Matrix(transposed.sortedRows().transpose) }

  /// Returns, for each row, the columns of its elements in ascending order; equal elements keep their order.
  public func rowOrder() -> [[Int]] {
    view.withRows { x in (0..<x.rows).map { x.rows($0..<$0 + 1).order() } }
  }

  /// Returns the row numbers in ascending order of the elements of column `index`; equal elements keep their
  /// order.
  public func rowOrder(byColumn index: Int) -> [Int] {
    Matrix(view.column(index)).reshaped(rows: 1, columns: rows).withHandle { $0.order() }
  }

  /// Returns the quantiles of all elements, interpolated linearly between order statistics as in NumPy.
  ///
  /// - Parameter probabilities: Numbers from 0 to 1; 0.5 is the median.
  public func quantiles(_ probabilities: [Double]) -> [Element] {
    require(rows * columns > 0, "quantiles: \(shapeDescription) has no elements")
    return Matrix(view).reshaped(rows: 1, columns: rows * columns).rowQuantiles(probabilities).array
  }

  /// The median of all elements.
  public var median: Element { quantiles([0.5])[0] }

  /// Returns the quantiles of each row: element (i, k) is the quantile `probabilities[k]` of row i.
  public func rowQuantiles(_ probabilities: [Double]) -> Matrix<Element> {
    require(columns > 0 || rows == 0, "rowQuantiles: \(shapeDescription) has no columns")
    for probability in probabilities {
      require(
        probability >= 0 && probability <= 1,
        "quantiles: the probability \(probability) is not from 0 to 1")
    }
    let sorted = sortedRows()
    return Matrix(rows: rows, columns: probabilities.count) { row, k in
      // NaN comes last: a row with one has no quantiles.
      if sorted[row, columns - 1].isNaN { return .nan }
      let place = probabilities[k] * Double(columns - 1)
      let index = Int(place)
      let (low, high) = (sorted[row, index], sorted[row, Swift.min(index + 1, columns - 1)])
      let fraction = Element(place - Double(index))
      if fraction == 0 || low == high { return low }
      // Between −∞ and ∞ lies no number. Next to one of them, the quantile is infinite.
      if !low.isFinite || !high.isFinite {
        return low.isFinite ? high : high.isFinite ? low : .nan
      }
      return low + fraction * (high - low)
    }
  }

  /// Returns the quantiles of each column: element (k, j) is the quantile `probabilities[k]` of column j.
  public func columnQuantiles(_ probabilities: [Double]) -> Matrix<Element> {
    require(rows > 0 || columns == 0, "columnQuantiles: \(shapeDescription) has no rows")
    return Matrix(transposed.rowQuantiles(probabilities).transpose)
  }
}

extension MatrixHandle {
  /// Writes the cumulative sums of the rows to `target`.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func accumulateRows(to target: MatrixHandle) {
    var row = 0
    while row + 8 <= rows {
      accumulate8Rows(from: row, to: target)
      row += 8
    }
    while row < rows {
      accumulate(row, to: target)
      row += 1
    }
  }

  @inline(__always)
  private func accumulate(_ row: Int, to target: MatrixHandle) {
    let (x, y) = unsafe (base + row * stride, target.base + row * target.stride)
    var sum = 0.0
    var compensation = 0.0
    for column in 0..<columns {
      // Neumaier's compensated summation.
      let x = unsafe Double(x[column])
      let next = sum + x
      if next.isFinite {
        compensation += sum.magnitude >= x.magnitude ? (sum - next) + x : (x - next) + sum
      }
      sum = next
      unsafe y[column] = Element(sum + compensation)
    }
  }

  /// Accumulates 8 rows at once: each sum of a row has to wait for the one before.
  @inline(__always)
  private func accumulate8Rows(from row: Int, to target: MatrixHandle) {
    let (x, y) = unsafe (base + row * stride, target.base + row * target.stride)
    var sum = SIMD8<Double>.zero
    var compensation = SIMD8<Double>.zero
    for column in 0..<columns {
      var value = SIMD8<Double>.zero
      for i in 0..<8 { unsafe value[i] = Double(x[i * stride + column]) }
      // Knuth's rounding error of a sum. It is exact, as Neumaier's is, and has no branch.
      let next = sum + value
      let added = next - sum
      compensation += (sum - (next - added)) + (value - added)
      sum = next
      let result = sum + compensation
      for i in 0..<8 { unsafe y[i * target.stride + column] = Element(result[i]) }
    }
    // The error of an infinite sum is NaN.
    for i in 0..<8 where !sum[i].isFinite { accumulate(row + i, to: target) }
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func sortRows() {
    if columns < 128 {
      for row in 0..<rows {
        var line = unsafe UnsafeMutableBufferPointer(start: base + row * stride, count: columns)
        unsafe line.sort { precedes($0, $1) }
      }
      return
    }
    let scratch = AlignedBuffer(capacity: columns, of: Element.self)
    unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: 256 * MemoryLayout<Element>.size) {
      counts in
      guard let counts = counts.baseAddress else { return }
      for row in 0..<rows {
        unsafe sortByBits(
          columns, base + row * stride, scratch.start.assumingMemoryBound(to: Element.self), counts)
      }
    }
  }
  /// Returns the columns of the first row's elements in ascending order.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func order() -> [Int] {
    var order = Array(0..<columns)
    order.sort {
      let (a, b) = unsafe (base[$0], base[$1])
      return precedes(a, b) || !precedes(b, a) && $0 < $1
    }
    return order
  }
}

/// Returns whether `a` comes before `b`, with NaN after all numbers.
@inline(__always)
private func precedes<Element: MatrixElement>(_ a: Element, _ b: Element) -> Bool {
  a < b || b.isNaN && !a.isNaN
}

/// Sorts `count` elements, with NaN after all numbers and −0 before 0, by their bits.
///
/// - Parameters:
///   - other: Memory for `count` elements.
///   - counts: Memory for 256 numbers for each byte of an element.
@inline(__always)
private func sortByBits<Element: MatrixElement>(
  _ count: Int, _ elements: UnsafeMutablePointer<Element>, _ other: UnsafeMutablePointer<Element>,
  _ counts: UnsafeMutablePointer<Int>
) {
  typealias Key = Element.RawSignificand
  let sign = Key(1) << Key(Key.bitWidth - 1)
  let infinity = unsafe unsafeBitCast(Element.infinity, to: Key.self)
  let keys = unsafe UnsafeMutableRawPointer(elements).assumingMemoryBound(to: Key.self)
  let scratch = unsafe UnsafeMutableRawPointer(other).assumingMemoryBound(to: Key.self)
  // Keys are ordered as the elements: positive ones get the sign bit, negative ones all bits inverted.
  for i in 0..<count {
    let bits = unsafe keys[i]
    unsafe keys[i] = bits & ~sign > infinity || bits & sign == 0 ? bits | sign : ~bits
  }
  // The upper 32 bits tell almost all numbers apart.
  let digits = MemoryLayout<Key>.size
  unsafe sortByDigits(digits &- 4..<digits, count, keys, scratch, counts)
  if digits > 4, unsafe !finishSorting(count, keys) {
    unsafe sortByDigits(0..<digits, count, keys, scratch, counts)
  }
  for i in 0..<count {
    let key = unsafe keys[i]
    unsafe keys[i] = key & sign != 0 ? key ^ sign : ~key
  }
}

/// Sorts keys by some of their bytes: a radix sort from the least significant one of these on.
@inline(__always)
private func sortByDigits<Key: FixedWidthInteger>(
  _ digits: Range<Int>, _ count: Int, _ keys: UnsafeMutablePointer<Key>,
  _ other: UnsafeMutablePointer<Key>, _ counts: UnsafeMutablePointer<Int>
) {
  unsafe counts.update(repeating: 0, count: 256 &* digits.count)
  let lowest = Key(truncatingIfNeeded: 8 &* digits.lowerBound)
  for i in 0..<count {
    var rest = unsafe keys[i] &>> lowest
    for digit in 0..<digits.count {
      unsafe counts[256 &* digit &+ Int(truncatingIfNeeded: rest & 255)] &+= 1
      rest &>>= 8
    }
  }
  var (from, to) = unsafe (keys, other)
  for digit in 0..<digits.count {
    let places = unsafe counts + 256 &* digit
    let shift = lowest &+ Key(truncatingIfNeeded: 8 &* digit)
    // All keys may have the same digit.
    if unsafe places[Int(truncatingIfNeeded: from[0] &>> shift & 255)] == count { continue }
    var sum = 0
    for value in 0..<256 {
      let next = unsafe sum &+ places[value]
      unsafe places[value] = sum
      sum = next
    }
    for i in 0..<count {
      let key = unsafe from[i]
      let value = Int(truncatingIfNeeded: key &>> shift & 255)
      unsafe to[places[value]] = key
      unsafe places[value] &+= 1
    }
    unsafe swap(&from, &to)
  }
  if unsafe from != keys { unsafe keys.update(from: from, count: count) }
}

/// Sorts keys that are almost in order by insertion; returns whether few moves were enough.
@inline(__always)
private func finishSorting<Key: FixedWidthInteger>(
  _ count: Int, _ keys: UnsafeMutablePointer<Key>
) -> Bool {
  var moves = 0
  for i in 1..<count {
    let key = unsafe keys[i]
    var place = i
    while place > 0, unsafe keys[place &- 1] > key {
      unsafe keys[place] = keys[place &- 1]
      place &-= 1
    }
    unsafe keys[place] = key
    moves &+= i &- place
    if moves > 2 &* count { return false }
  }
  return true
}
