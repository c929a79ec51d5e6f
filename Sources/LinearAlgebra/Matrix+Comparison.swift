extension Matrix: Equatable {
  /// Returns whether the shapes and all elements are equal. As in `Float`, NaN equals nothing.
  public static func == (a: Matrix, b: Matrix) -> Bool {
    a.rows == b.rows && a.columns == b.columns && a.allElements(of: b) { $0 == $1 }
  }

  /// Returns whether the shapes are equal and the elements agree within a tolerance:
  ///
  ///     |a - b| ≤ absolute + relative · max(|a|, |b|)
  ///
  /// Equal infinities agree; NaN agrees with nothing.
  public func isApproximatelyEqual(
    to other: Matrix, relative: Float = 1e-5, absolute: Float = 0
  ) -> Bool {
    rows == other.rows && columns == other.columns
      && allElements(of: other) { a, b in
        a == b
          || (a - b).magnitude <= absolute + relative * max(a.magnitude, b.magnitude)
            && (a - b).isFinite
      }
  }

  /// Returns the largest |a - b| of the elements, or NaN if any difference is NaN.
  public func maximumDifference(from other: Matrix) -> Float {
    requireSameShape("maximumDifference", self, other)
    let a = elements
    let b = other.elements
    var largest: Float = 0
    for i in a.indices {
      let difference = (a[i] - b[i]).magnitude
      if difference.isNaN { return .nan }
      largest = max(largest, difference)
    }
    return largest
  }

  private func allElements(of other: Matrix, satisfy test: (Float, Float) -> Bool) -> Bool {
    let a = elements
    let b = other.elements
    for i in a.indices where !test(a[i], b[i]) { return false }
    return true
  }
}
