import LangevinPreconditions

extension [Double] {
  /// The middle one of numbers in ascending order, or the mean of the middle two.
  func medianOfSorted() -> Double {
    require(!isEmpty, "median: there are no numbers")
    let middle = count / 2
    return count.isMultiple(of: 2) ? (self[middle - 1] + self[middle]) / 2 : self[middle]
  }
}
