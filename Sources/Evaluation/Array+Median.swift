import LangevinPreconditions

extension [Double] {
  /// Returns the median of numbers in ascending order: the middle number, or the mean of the middle two.
  func medianOfSorted() -> Double {
    require(!isEmpty, "median: the array is empty")
    let middle = count / 2
    return count.isMultiple(of: 2) ? (self[middle - 1] + self[middle]) / 2 : self[middle]
  }
}
