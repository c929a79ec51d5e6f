extension Range<Int> {
  /// The first number for which `isReached` holds, which once it holds goes on to; the upper bound if there
  /// is none. By halves.
  func firstReached(_ isReached: (Int) -> Bool) -> Int {
    var range = self
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = isReached(middle) ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }
}
