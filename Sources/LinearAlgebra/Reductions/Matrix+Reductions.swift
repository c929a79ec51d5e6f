import LangevinKernelTable
import LangevinPreconditions

// Reductions of all elements. Sums add the lanes of vectors within blocks of 4096 elements at most, in the type of
// the elements, and the blocks in `Double`. The order is the same in every run, for any number of threads.

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// The sum of all elements: `Element` lanes within blocks, and `Double` over the blocks, so that the error does
  /// not grow with the number of elements.
  public var sum: Double { unsafe reduced { unsafe $0.sum } }

  /// The mean of all elements, from ``sum``; NaN for an empty matrix.
  public var mean: Double { sum / Double(rows * columns) }

  /// Returns the variance of all elements, Σ (x - mean)² / (count - correction).
  ///
  /// - Parameter correction: The number subtracted from the number of elements in the divisor: 0 as in
  ///   NumPy, 1 for the unbiased variance.
  public func variance(correction: Int = 0) -> Double {
    let mean = mean
    let kernel = unsafe Engine.current.kernels(of: Element.self).squaredDeviations
    let sum = view.withContiguous { unsafe kernel($0.count, mean, $0.base) }
    return sum / Double(rows * columns - correction)
  }

  /// Returns the standard deviation of all elements: the square root of ``variance(correction:)``.
  public func standardDeviation(correction: Int = 0) -> Double {
    variance(correction: correction).squareRoot()
  }

  /// The sum of the squares of all elements, added as ``sum`` is.
  public var squaredNorm: Double { unsafe reduced { unsafe $0.squaredNorm } }

  /// The Frobenius norm: the square root of ``squaredNorm``.
  public var norm: Double { squaredNorm.squareRoot() }

  /// The 1-norm: the largest sum of magnitudes of a column; NaN if an element is NaN.
  public var norm1: Double { abs(self).columnSums.largestOrNaN }

  /// The ∞-norm: the largest sum of magnitudes of a row; NaN if an element is NaN.
  public var normInfinity: Double { abs(self).rowSums.largestOrNaN }

  /// The smallest element, ignoring NaN; nil for an empty matrix.
  public var minimum: Element? {
    rows * columns == 0 ? nil : unsafe Element(reduced { unsafe $0.least })
  }

  /// The largest element, ignoring NaN; nil for an empty matrix.
  public var maximum: Element? {
    rows * columns == 0 ? nil : unsafe Element(reduced { unsafe $0.greatest })
  }

  /// Returns the place of the smallest element, ignoring NaN: the first in row-major order; nil for an empty
  /// matrix.
  public func argmin() -> (row: Int, column: Int)? { unsafe place { unsafe $0.indexOfLeast } }

  /// Returns the place of the largest element, ignoring NaN: the first in row-major order; nil for an empty
  /// matrix.
  public func argmax() -> (row: Int, column: Int)? { unsafe place { unsafe $0.indexOfGreatest } }

  /// Whether every element is a finite number.
  public var isFinite: Bool {
    let kernel = unsafe Engine.current.kernels(of: Element.self).areFinite
    return view.withContiguous { unsafe kernel($0.count, $0.base) } == 1
  }

  private func reduced(_ kernel: (ElementKernels) -> ElementKernels.Reduce) -> Double {
    unsafe view.reduced(by: kernel)
  }

  private func place(
    _ kernel: (ElementKernels) -> ElementKernels.Find
  ) -> (row: Int, column: Int)? {
    if rows * columns == 0 { return nil }
    let function = unsafe kernel(Engine.current.kernels(of: Element.self))
    let index = view.withContiguous { unsafe function($0.count, $0.base) }
    return (index / columns, index % columns)
  }
}

extension MatrixView {
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func reduced(by kernel: (ElementKernels) -> ElementKernels.Reduce) -> Double {
    let function = unsafe kernel(Engine.current.kernels(of: Element.self))
    return withContiguous { unsafe function($0.count, $0.base) }
  }
}

extension Matrix {
  /// The largest element, or NaN if there is one; 0 for an empty matrix.
  fileprivate var largestOrNaN: Double { sum.isNaN ? .nan : Double(maximum ?? 0) }
}
