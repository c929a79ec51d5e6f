extension Matrix: Equatable, Hashable {
  /// Returns whether the shapes and all elements are equal. As in `Float`, NaN equals nothing.
  public static func == (a: Matrix, b: Matrix) -> Bool {
    a.rows == b.rows && a.columns == b.columns
      && a.withHandle { a in b.withHandle { b in a.isEqual(to: b) } }
  }

  /// Hashes the shape and all elements.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(rows)
    hasher.combine(columns)
    withHandle { $0.hash(into: &hasher) }
  }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns whether the shapes are equal and the elements agree within a tolerance:
  ///
  ///     |a - b| ≤ absoluteTolerance + relativeTolerance · max(|a|, |b|)
  ///
  /// Equal infinities agree; NaN agrees with nothing.
  ///
  /// - Parameters:
  ///   - other: The matrix to compare with.
  ///   - absoluteTolerance: The absolute tolerance.
  ///   - relativeTolerance: The relative tolerance; the square root of the precision of `Element` if nil, or
  ///     10⁻⁵ for `Float`.
  public func isApproximatelyEqual(
    to other: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable,
    absoluteTolerance: Element = 0, relativeTolerance: Element? = nil
  ) -> Bool {
    if rows != other.rows || columns != other.columns { return false }
    let relative =
      relativeTolerance ?? (Element.self == Float.self ? 1e-5 : Element.ulpOfOne.squareRoot())
    let (a, b) = (view, other.view)
    return a.withContiguous { a in
      b.withContiguous { b in a.agrees(with: b, relative: relative, absolute: absoluteTolerance) }
    }
  }

  /// Returns the largest |a - b| of the elements, or NaN if any difference is NaN.
  public func maximumDifference(
    from other: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Element {
    requireSameShape("maximumDifference", self, other)
    let (a, b) = (view, other.view)
    return a.withContiguous { a in b.withContiguous { b in a.maximumDifference(from: b) } }
  }
}

// Loops over adjacent elements.
extension MatrixHandle {
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func isEqual(to other: MatrixHandle) -> Bool {
    for i in 0..<count where unsafe base[i] != other.base[i] { return false }
    return true
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func hash(into hasher: inout Hasher) {
    for i in 0..<count { unsafe hasher.combine(base[i]) }
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func agrees(
    with other: MatrixHandle, relative: Element, absolute: Element
  ) -> Bool {
    for i in 0..<count {
      let (a, b) = unsafe (base[i], other.base[i])
      let difference = (a - b).magnitude
      let agree =
        a == b
        || difference.isFinite
          && difference <= absolute + relative * Swift.max(a.magnitude, b.magnitude)
      if !agree { return false }
    }
    return true
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func maximumDifference(from other: MatrixHandle) -> Element {
    var largest: Element = 0
    for i in 0..<count {
      let difference = unsafe (base[i] - other.base[i]).magnitude
      if difference.isNaN { return .nan }
      largest = Swift.max(largest, difference)
    }
    return largest
  }
}
