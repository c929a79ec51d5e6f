extension Range<Int> {
  /// Returns the first number for which `isReached` is true, found by binary search; the upper bound if there
  /// is no such number. `isReached` must be true for all numbers after the first.
  func firstReached(_ isReached: (Int) -> Bool) -> Int {
    var range = self
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = isReached(middle) ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }
}
