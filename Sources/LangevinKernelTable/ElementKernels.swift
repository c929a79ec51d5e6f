/// The kernels for the elements of matrices, at one level and for one type, `Float` or `Double`.
///
/// The functions of both types have the same C types: pointers are untyped, and scalars are `Double`,
/// which holds every `Float`. Generic code can therefore call them without knowing its type, and no
/// generic function has to be compiled for an instruction set.
///
/// `x`, `y` and `z` point to `count` adjacent elements; results may overwrite an argument in place. No
/// kernel checks its arguments.
@safe
package final class ElementKernels: Sendable {
  package typealias Input = UnsafeRawPointer
  package typealias Output = UnsafeMutableRawPointer
  /// Bytes that are 1 where a condition holds and 0 elsewhere.
  package typealias Mask = UnsafePointer<UInt8>
  package typealias MutableMask = UnsafeMutablePointer<UInt8>

  /// A function that computes `y[i] = f(x[i])`.
  package typealias Map = @convention(c) (_ count: Int, _ x: Input, _ y: Output) -> Void
  /// A function that computes `z[i] = f(x[i], y[i])`.
  package typealias Combine =
    @convention(c) (_ count: Int, _ x: Input, _ y: Input, _ z: Output) -> Void
  /// A function that computes `y[i] = f(scalar, x[i])` or updates `y[i]` with it.
  package typealias CombineWithScalar =
    @convention(c) (_ count: Int, _ scalar: Double, _ x: Input, _ y: Output) -> Void
  /// A function that computes `mask[i] = f(x[i], y[i])`.
  package typealias Compare =
    @convention(c) (_ count: Int, _ x: Input, _ y: Input, _ mask: MutableMask) -> Void
  /// A function that computes `mask[i] = f(x[i], scalar)`.
  package typealias CompareWithScalar =
    @convention(c) (_ count: Int, _ scalar: Double, _ x: Input, _ mask: MutableMask) -> Void
  /// The type of ``select``.
  package typealias Select =
    @convention(c) (_ count: Int, _ mask: Mask, _ x: Input, _ y: Input, _ z: Output) -> Void
  /// A function that reduces `count` elements to a number.
  package typealias Reduce = @convention(c) (_ count: Int, _ x: Input) -> Double
  /// The type of ``squaredDeviations``.
  package typealias ReduceWithScalar =
    @convention(c) (_ count: Int, _ scalar: Double, _ x: Input) -> Double
  /// The type of ``dot``.
  package typealias ReducePair = @convention(c) (_ count: Int, _ x: Input, _ y: Input) -> Double
  /// A function that returns the index of an element; -1 if `count` is 0.
  package typealias Find = @convention(c) (_ count: Int, _ x: Input) -> Int
  /// The type of ``sumRows``.
  package typealias SumRows =
    @convention(c) (_ rows: Int, _ columns: Int, _ x: Input, _ stride: Int, _ sums: Output) -> Void
  /// The type of ``sumColumns``.
  package typealias SumColumns =
    @convention(c) (
      _ rows: Int, _ columns: Int, _ x: Input, _ stride: Int, _ adds: Bool, _ sums: Output
    ) -> Void
  /// The type of ``transpose``.
  package typealias Transpose =
    @convention(c) (
      _ rows: Int, _ columns: Int, _ x: Input, _ stride: Int, _ y: Output, _ strideY: Int
    ) -> Void
  /// The type of ``multiplyStack``.
  package typealias MultiplyStack =
    @convention(c) (
      _ count: Int, _ rows: Int, _ columns: Int, _ inner: Int, _ a: Input, _ b: Input, _ c: Output
    ) -> Void
  /// The type of ``factorCholeskyStack``.
  package typealias FactorStack =
    @convention(c) (
      _ count: Int, _ order: Int, _ matrices: Output, _ failedMinor: UnsafeMutablePointer<Int>
    ) -> Int
  /// The type of ``factorLUStack``.
  package typealias FactorStackWithPivots =
    @convention(c) (
      _ count: Int, _ order: Int, _ matrices: Output, _ pivots: UnsafeMutablePointer<Int32>,
      _ failedPivot: UnsafeMutablePointer<Int>
    ) -> Int

  /// The level of this build.
  package let level: KernelLevel

  // Arithmetic. `scalar` is rounded to the type of the elements.

  /// `z = x + y`.
  package let add: Combine
  /// `z = x - y`.
  package let subtract: Combine
  /// `z = x * y`.
  package let multiply: Combine
  /// `z = x / y`.
  package let divide: Combine
  /// `z = min(x, y)`; NaN if either is NaN.
  package let minimum: Combine
  /// `z = max(x, y)`; NaN if either is NaN.
  package let maximum: Combine
  /// `y = x + scalar`.
  package let addScalar: CombineWithScalar
  /// `y = scalar - x`.
  package let subtractFromScalar: CombineWithScalar
  /// `y = scalar * x`.
  package let scale: CombineWithScalar
  /// `y = x / scalar`, each quotient rounded once.
  package let divideByScalar: CombineWithScalar
  /// `y = scalar / x`.
  package let divideScalar: CombineWithScalar
  /// `y = y + scalar * x`, fused and rounded once if the level has the instruction.
  package let addScaled: CombineWithScalar

  // Functions of one variable. `Float`: within 4 ulp of the exact value. `Double`: within 4 ulp. Results
  // below the smallest normal number may be flushed to zero.

  /// `y = |x|`.
  package let magnitude: Map
  /// `y = √x`, correctly rounded.
  package let squareRoot: Map
  /// `y = exp(x)`.
  package let exponential: Map
  /// `y = exp(x) - 1`.
  package let exponentialMinusOne: Map
  /// `y = log(x)`; −∞ for 0, NaN for negative `x`.
  package let logarithm: Map
  /// `y = log(1 + x)`; −∞ for −1, NaN for smaller `x`.
  package let logarithmOnePlus: Map
  /// `y = tanh(x)`.
  package let hyperbolicTangent: Map
  /// `y = log(1 + exp(x))`.
  package let softplus: Map
  /// `y = 1 / (1 + exp(-x))`.
  package let sigmoid: Map

  // Comparisons, false where an operand is NaN.

  /// `x < y`.
  package let isLess: Compare
  /// `x ≤ y`.
  package let isLessOrEqual: Compare
  /// `x == y`.
  package let isEqual: Compare
  /// `x < scalar`.
  package let isLessThanScalar: CompareWithScalar
  /// `x ≤ scalar`.
  package let isLessThanOrEqualToScalar: CompareWithScalar
  /// `x > scalar`.
  package let isGreaterThanScalar: CompareWithScalar
  /// `x ≥ scalar`.
  package let isGreaterThanOrEqualToScalar: CompareWithScalar
  /// `x == scalar`.
  package let isEqualToScalar: CompareWithScalar
  /// `z = x` where the mask is 1, `y` elsewhere.
  package let select: Select

  // Reductions. Sums add lanes within blocks of at most 4096 elements from `x` on, and the blocks in `Double`
  // (those of `Double` with compensation), so their error does not grow with `count`. The order is the same
  // in every run.

  /// `Σ x`.
  package let sum: Reduce
  /// `Σ |x|`.
  package let sumOfMagnitudes: Reduce
  /// `Σ x²`.
  package let squaredNorm: Reduce
  /// `Σ (x - scalar)²`.
  package let squaredDeviations: ReduceWithScalar
  /// `Σ x y`.
  package let dot: ReducePair
  /// The smallest element, ignoring NaN; NaN if there is no other.
  package let least: Reduce
  /// The largest element, ignoring NaN; NaN if there is no other.
  package let greatest: Reduce
  /// The first index of the smallest element, ignoring NaN; 0 if there are only NaN.
  package let indexOfLeast: Find
  /// The first index of the largest element, ignoring NaN; 0 if there are only NaN.
  package let indexOfGreatest: Find
  /// Whether all elements are finite: 1 or 0.
  package let areFinite: Find
  /// `sums[r] = Σ_j x[r, j]`, each row as ``sum`` adds it.
  package let sumRows: SumRows
  /// `sums[j] = Σ_r x[r, j]`, in ascending order of `r`; with `adds`, beginning with the old `sums[j]`.
  package let sumColumns: SumColumns

  // Matrices.

  /// `y[j, i] = x[i, j]`, where `x` is rows × columns and does not overlap `y`.
  package let transpose: Transpose
  /// `C = A B` for each of `count` matrices, which lie one after the other: A is rows × inner, B inner ×
  /// columns.
  package let multiplyStack: MultiplyStack
  /// Replaces the lower triangle of each of `count` symmetric matrices by its Cholesky factor, and the
  /// elements above the diagonal by zeros.
  ///
  /// Returns `count`, or the index of the first matrix that is not positive definite, with the order of the
  /// offending minor in `failedMinor`.
  package let factorCholeskyStack: FactorStack
  /// Replaces each of `count` matrices by its factors L (unit lower triangular) and U with P A = L U, where
  /// step k exchanges row k and row `pivots[k]` of its matrix.
  ///
  /// Returns `count`, or the index of the first singular matrix, with the zero pivot in `failedPivot`.
  package let factorLUStack: FactorStackWithPivots

  package init(
    level: KernelLevel, add: Combine, subtract: Combine, multiply: Combine, divide: Combine,
    minimum: Combine, maximum: Combine, addScalar: CombineWithScalar,
    subtractFromScalar: CombineWithScalar, scale: CombineWithScalar,
    divideByScalar: CombineWithScalar, divideScalar: CombineWithScalar,
    addScaled: CombineWithScalar, magnitude: Map, squareRoot: Map, exponential: Map,
    exponentialMinusOne: Map, logarithm: Map, logarithmOnePlus: Map, hyperbolicTangent: Map,
    softplus: Map, sigmoid: Map, isLess: Compare, isLessOrEqual: Compare, isEqual: Compare,
    isLessThanScalar: CompareWithScalar, isLessThanOrEqualToScalar: CompareWithScalar,
    isGreaterThanScalar: CompareWithScalar, isGreaterThanOrEqualToScalar: CompareWithScalar,
    isEqualToScalar: CompareWithScalar, select: Select, sum: Reduce, sumOfMagnitudes: Reduce,
    squaredNorm: Reduce, squaredDeviations: ReduceWithScalar, dot: ReducePair, least: Reduce,
    greatest: Reduce, indexOfLeast: Find, indexOfGreatest: Find, areFinite: Find,
    sumRows: SumRows, sumColumns: SumColumns, transpose: Transpose, multiplyStack: MultiplyStack,
    factorCholeskyStack: FactorStack, factorLUStack: FactorStackWithPivots
  ) {
    self.level = level
    unsafe self.add = add
    unsafe self.subtract = subtract
    unsafe self.multiply = multiply
    unsafe self.divide = divide
    unsafe self.minimum = minimum
    unsafe self.maximum = maximum
    unsafe self.addScalar = addScalar
    unsafe self.subtractFromScalar = subtractFromScalar
    unsafe self.scale = scale
    unsafe self.divideByScalar = divideByScalar
    unsafe self.divideScalar = divideScalar
    unsafe self.addScaled = addScaled
    unsafe self.magnitude = magnitude
    unsafe self.squareRoot = squareRoot
    unsafe self.exponential = exponential
    unsafe self.exponentialMinusOne = exponentialMinusOne
    unsafe self.logarithm = logarithm
    unsafe self.logarithmOnePlus = logarithmOnePlus
    unsafe self.hyperbolicTangent = hyperbolicTangent
    unsafe self.softplus = softplus
    unsafe self.sigmoid = sigmoid
    unsafe self.isLess = isLess
    unsafe self.isLessOrEqual = isLessOrEqual
    unsafe self.isEqual = isEqual
    unsafe self.isLessThanScalar = isLessThanScalar
    unsafe self.isLessThanOrEqualToScalar = isLessThanOrEqualToScalar
    unsafe self.isGreaterThanScalar = isGreaterThanScalar
    unsafe self.isGreaterThanOrEqualToScalar = isGreaterThanOrEqualToScalar
    unsafe self.isEqualToScalar = isEqualToScalar
    unsafe self.select = select
    unsafe self.sum = sum
    unsafe self.sumOfMagnitudes = sumOfMagnitudes
    unsafe self.squaredNorm = squaredNorm
    unsafe self.squaredDeviations = squaredDeviations
    unsafe self.dot = dot
    unsafe self.least = least
    unsafe self.greatest = greatest
    unsafe self.indexOfLeast = indexOfLeast
    unsafe self.indexOfGreatest = indexOfGreatest
    unsafe self.areFinite = areFinite
    unsafe self.sumRows = sumRows
    unsafe self.sumColumns = sumColumns
    unsafe self.transpose = transpose
    unsafe self.multiplyStack = multiplyStack
    unsafe self.factorCholeskyStack = factorCholeskyStack
    unsafe self.factorLUStack = factorLUStack
  }
}
