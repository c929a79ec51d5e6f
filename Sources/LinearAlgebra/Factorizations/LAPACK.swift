// Factorizations keep and pass column-major matrices. A `Matrix` stores them as its transpose: row j of the
// matrix is column j of the factor.

internal import CLangevinLAPACKE
internal import CLangevinOpenBLAS
internal import LangevinKernelTable
import LangevinPreconditions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Returns a letter as LAPACK takes it.
func letter(_ character: Unicode.Scalar) -> CChar {
  CChar(truncatingIfNeeded: character.value)
}

/// Returns `value` as an integer of LAPACK; stops the program if it is too large.
func lapackIndex(_ value: Int) -> LAPACKInteger {
  guard let index = LAPACKInteger(exactly: value) else {
    requirementFailure("LAPACK: a dimension of \(value) overflows its integers")
  }
  return index
}

/// Calls `body`, which calls `routine`, and returns its status: 0, or a positive number whose meaning depends
/// on the routine.
///
/// - Throws: ``FactorizationError/noMemory(operation:)``.
@discardableResult
func callLAPACK(
  _ routine: StaticString, _ operation: String, _ body: () -> LAPACKInteger
) throws(FactorizationError) -> Int {
  guard let status = OpenBLAS.whereMemoryAllows(body) else {
    throw .noMemory(operation: operation)
  }
  // LAPACK returns `-i` if argument `i` is invalid, which would be a bug in this module.
  require(status >= 0, "LAPACK \(routine): argument \(-status) is invalid")
  return Int(status)
}

/// Calls `body`, which calls `routine`, twice: to ask for the size of its workspace, and with that workspace.
///
/// - Parameters:
///   - integers: The number of integers in the workspace; the routine may ask for more in its first integer.
///   - body: A call with workspace, its size, integers, and their number. The sizes are −1 in the query.
@discardableResult @safe
func callLAPACK<Element: MatrixElement>(
  _ routine: StaticString, _ operation: String, integers: Int = 0,
  _ body: (
    _ work: UnsafeMutablePointer<Element>, _ size: LAPACKInteger,
    _ integers: UnsafeMutablePointer<LAPACKInteger>, _ integerCount: LAPACKInteger
  ) -> LAPACKInteger
) throws(FactorizationError) -> Int {
  var size: Element = 0
  var integerCount: LAPACKInteger = 0
  try callLAPACK(routine, operation) { unsafe body(&size, -1, &integerCount, -1) }
  // `Float` cannot hold every integer: the next one is at least what LAPACK asks for.
  let elements = Int(size.nextUp.rounded(.up))
  let needed = max(integers, Int(integerCount))
  let work = try Workspace<Element>(operation, elements: elements, integers: needed)
  return try callLAPACK(routine, operation) {
    unsafe body(work.elements, lapackIndex(elements), work.integers, lapackIndex(needed))
  }
}

/// Uninitialized memory for elements and integers, which its owner frees.
@safe
struct Workspace<Element: MatrixElement>: ~Copyable {
  let elements: UnsafeMutablePointer<Element>
  let integers: UnsafeMutablePointer<LAPACKInteger>

  /// - Throws: ``FactorizationError/noMemory(operation:)``.
  init(_ operation: String, elements count: Int, integers integerCount: Int = 0)
    throws(FactorizationError)
  {
    let elementBytes = (count * MemoryLayout<Element>.stride + 63) & ~63
    let bytes = elementBytes + integerCount * MemoryLayout<LAPACKInteger>.stride
    var memory: UnsafeMutableRawPointer?
    guard unsafe posix_memalign(&memory, AlignedBuffer.alignment, max(bytes, 1)) == 0,
      let memory = unsafe memory
    else {
      throw .noMemory(operation: operation)
    }
    unsafe elements = memory.assumingMemoryBound(to: Element.self)
    unsafe integers = (memory + elementBytes).assumingMemoryBound(to: LAPACKInteger.self)
  }

  deinit { unsafe free(elements) }
}

/// A part of a matrix.
enum MatrixRegion {
  case all, lowerTriangle, upperTriangle

  /// Returns the region of the transpose.
  var transposed: MatrixRegion {
    switch self {
    case .all: .all
    case .lowerTriangle: .upperTriangle
    case .upperTriangle: .lowerTriangle
    }
  }

  /// Returns the columns of row `row` in this region of a matrix with `columns` columns.
  func columns(inRow row: Int, of columns: Int) -> Range<Int> {
    switch self {
    case .all: 0..<columns
    case .lowerTriangle: 0..<min(row + 1, columns)
    case .upperTriangle: min(row, columns)..<columns
    }
  }
}

extension MatrixHandle {
  /// Checks that the elements of a region are finite numbers.
  ///
  /// - Parameters:
  ///   - isTransposed: Whether the error names the row as column and the column as row.
  /// - Throws: ``FactorizationError/notFinite(operation:operand:row:column:)``.
  func requireFinite(
    _ operation: String, _ operand: String = "matrix", _ region: MatrixRegion = .all,
    isTransposed: Bool = false
  ) throws(FactorizationError) {
    let kernels = Engine.current.kernels(of: Element.self)
    // One call for all elements is faster than one for each row, even if only a triangle matters.
    if isContiguous, unsafe kernels.areFinite(count, base) == 1 { return }
    for row in 0..<rows {
      let range = region.columns(inRow: row, of: columns)
      let start = unsafe base + row * stride
      if unsafe kernels.areFinite(range.count, start + range.lowerBound) == 1 { continue }
      for column in range where unsafe !start[column].isFinite {
        throw .notFinite(
          operation: operation, operand: operand, row: isTransposed ? column : row,
          column: isTransposed ? row : column)
      }
    }
  }

  /// The largest sum of the magnitudes of a row; infinite or NaN if an element is.
  ///
  /// In a factor, whose rows are columns, this is the 1-norm.
  var largestRowSum: Double {
    let kernels = Engine.current.kernels(of: Element.self)
    var largest = 0.0
    for row in 0..<rows {
      let sum = unsafe kernels.sumOfMagnitudes(columns, base + row * stride)
      if !(sum <= largest) { largest = sum }
      if !sum.isFinite { return sum }
    }
    return largest
  }

  /// Returns the 1-norm of the symmetric matrix that has this triangle, and checks that it is finite.
  func symmetricNorm(
    _ operation: String, _ triangle: MatrixRegion, isTransposed: Bool = false
  ) throws(FactorizationError) -> Double {
    let kernels = Engine.current.kernels(of: Element.self)
    let work = try Workspace<Element>(operation, elements: 2 * rows)
    let (sums, row) = unsafe (work.elements, work.elements + rows)
    unsafe sums.zero(count: rows)
    for i in 0..<rows {
      // The diagonal is the last element of a row of the lower triangle and the first of the upper one.
      let range = triangle.columns(inRow: i, of: columns)
      unsafe kernels.magnitude(range.count, base + i * stride + range.lowerBound, row)
      let total = unsafe kernels.sum(range.count, row)
      if !total.isFinite {
        try requireFinite(operation, "matrix", triangle, isTransposed: isTransposed)
      }
      let diagonal = unsafe row[triangle == .lowerTriangle ? range.count - 1 : 0]
      unsafe kernels.add(range.count, sums + range.lowerBound, row, sums + range.lowerBound)
      unsafe sums[i] += Element(total) - diagonal
    }
    return unsafe kernels.greatest(rows, sums)
  }

  /// Writes zeros to the elements above or below the diagonal.
  func clear(_ region: MatrixRegion) {
    for row in 0..<rows {
      let range =
        region == .upperTriangle
        ? min(row + 1, columns)..<columns : 0..<min(row, columns)
      unsafe (base + row * stride + range.lowerBound).zero(count: range.count)
    }
  }

  /// Copies one triangle to the other, so that the matrix is symmetric.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func mirror(_ triangle: MatrixRegion) {
    let kernels = Engine.current.kernels(of: Element.self)
    let isLower = triangle == .lowerTriangle
    // Blocks, because the transposition reads and writes different elements.
    let block = 32
    for first in Swift.stride(from: 0, to: rows, by: block) {
      let end = min(first + block, rows)
      for i in first..<end {
        for j in i + 1..<max(end, i + 1) {
          let (above, below) = unsafe (base + i * stride + j, base + j * stride + i)
          if isLower {
            unsafe above.pointee = below.pointee
          } else {
            unsafe below.pointee = above.pointee
          }
        }
      }
      let (above, below) = unsafe (base + first * stride + end, base + end * stride + first)
      if isLower {
        unsafe kernels.transpose(rows - end, end - first, below, stride, above, stride)
      } else {
        unsafe kernels.transpose(end - first, rows - end, above, stride, below, stride)
      }
    }
  }

  /// Writes `value` to the diagonal.
  func fillDiagonal(_ value: Element) {
    for i in 0..<min(rows, columns) { unsafe base[i * stride + i] = value }
  }

  /// Exchanges two rows.
  func swapRows(_ a: Int, _ b: Int) { swapRows(a, b, columns: columns) }

  /// Exchanges the first `count` elements of two rows.
  func swapRows(_ a: Int, _ b: Int, columns count: Int) {
    if a == b || count == 0 { return }
    unsafe swapBytes(
      base + a * stride, base + b * stride, count * MemoryLayout<Element>.stride)
  }

  /// Replaces X, these elements, by op(T)⁻¹ X for a triangle T of `factor`.
  ///
  /// LAPACK's `trtrs` for one column, which must be contiguous, and BLAS' `trsm` for several. T has no zero
  /// on its diagonal.
  func solveTriangular(
    _ operation: String, _ factor: MatrixHandle, lower: Bool, transposed: Bool = false,
    unitDiagonal: Bool = false
  ) throws(FactorizationError) {
    if rows == 0 || columns == 0 { return }
    let (n, k) = (lapackIndex(rows), lapackIndex(columns))
    let stride = lapackIndex(max(1, self.stride))
    let factorStride = lapackIndex(max(rows, factor.stride))
    try callLAPACK("trtrs", operation) {
      if k == 1 && stride == 1 {
        // For LAPACK, the rows of `factor` are columns.
        return unsafe Element.routines.lapack.trtrs(
          letter(lower ? "U" : "L"), letter(transposed ? "N" : "T"),
          letter(unitDiagonal ? "U" : "N"), n, 1, factor.base, factorStride, base, n)
      }
      unsafe Element.routines.blas.trsm(
        CblasRowMajor, CblasLeft, lower ? CblasLower : CblasUpper,
        transposed ? CblasTrans : CblasNoTrans, unitDiagonal ? CblasUnit : CblasNonUnit, n, k, 1,
        factor.base, factorStride, base, stride)
      return 0
    }
  }
}

extension UnsafeMutablePointer where Pointee: MatrixElement {
  /// Writes `count` zeros.
  func zero(count: Int) {
    _ = unsafe memset(self, 0, count * MemoryLayout<Pointee>.stride)
  }
}

/// Exchanges two ranges of memory, which hold elements and do not overlap.
private func swapBytes(_ x: UnsafeMutableRawPointer, _ y: UnsafeMutableRawPointer, _ count: Int) {
  let (x, y) = unsafe (
    x.assumingMemoryBound(to: UInt32.self), y.assumingMemoryBound(to: UInt32.self)
  )
  for i in 0..<count / MemoryLayout<UInt32>.stride {
    let word = unsafe x[i]
    unsafe x[i] = unsafe y[i]
    unsafe y[i] = word
  }
}

/// Returns the solution of a system with the right side `b`, computed in place by `body`.
///
/// - Parameter rows: The number of rows that `b` must have.
func solution<Element: MatrixElement>(
  _ operation: String, _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable,
  rows: Int, _ body: (MatrixHandle<Element>) throws(FactorizationError) -> Void
) throws(FactorizationError) -> Matrix<Element> {
  requireRightSide(operation, b.rows, b.columns, rows: rows)
  var x = Matrix(b.view)
  try x.withMutableHandle { x throws(FactorizationError) in
    try x.requireFinite(operation, "right side")
    if x.count > 0 { try body(x) }
  }
  return x
}

/// Returns the solution of a system with the right side `b`, computed in place by `body`.
func solution<Element: MatrixElement>(
  _ operation: String, _ b: [Element], rows: Int,
  _ body: (MatrixHandle<Element>) throws(FactorizationError) -> Void
) throws(FactorizationError) -> [Element] {
  require(
    b.count == rows,
    "\(operation): a right side of \(b.count) elements does not fit \(rows) equations")
  var x = b
  unsafe try x.withUnsafeMutableBufferPointer { memory throws(FactorizationError) in
    guard let base = memory.baseAddress, !memory.isEmpty else { return }
    let x = unsafe MatrixHandle(base: base, rows: rows, columns: 1, stride: 1)
    try x.requireFinite(operation, "right side")
    try body(x)
  }
  return x
}

/// A product of many factors, which neither overflows nor underflows, and its logarithm.
struct ScaledProduct {
  private var significand = 1.0
  private var exponent = 0

  /// Multiplies by `factor`.
  mutating func multiply(by factor: Double) {
    significand *= factor
    if significand == 0 || !significand.isFinite { return }
    exponent += Int(significand.exponent)
    significand = Double(
      sign: significand.sign, exponent: 0, significand: significand.significand)
  }

  /// The product, infinite or zero if it exceeds the range.
  func value<Element: MatrixElement>(as type: Element.Type) -> Element {
    Element(scalbn(significand, exponent))
  }

  /// The sign: 1, −1 or 0.
  func sign<Element: MatrixElement>(as type: Element.Type) -> Element {
    significand == 0 ? 0 : significand < 0 ? -1 : 1
  }

  /// The natural logarithm of the magnitude.
  func logarithm<Element: MatrixElement>(as type: Element.Type) -> Element {
    Element(log(significand.magnitude) + Double(exponent) * log(2))
  }
}

extension Array where Element: MatrixElement {
  /// Creates an array of `count` elements that `body` writes.
  @safe
  init<Failure>(
    count: Int, _ body: (UnsafeMutablePointer<Element>) throws(Failure) -> Void
  ) throws(Failure) {
    self.init(repeating: 0, count: count)
    unsafe try withUnsafeMutableBufferPointer { memory throws(Failure) in
      if let base = memory.baseAddress { unsafe try body(base) }
    }
  }
}

/// Returns the condition number from a routine that estimates its reciprocal; infinite if that is zero.
///
/// - Parameters:
///   - order: The order of the matrix. The condition number of an empty matrix is 0, as its norm.
///   - body: A call of the routine with the norm of the matrix and the address of the result.
@safe
func reciprocalCondition<Element: MatrixElement>(
  _ routine: StaticString, _ norm: Double, _ order: Int,
  _ body: (_ norm: Element, _ reciprocal: UnsafeMutablePointer<Element>) -> LAPACKInteger
) throws(FactorizationError) -> Element {
  if order == 0 { return 0 }
  var reciprocal: Element = 0
  // The norm of finite elements can overflow.
  let norm = min(Element(norm), .greatestFiniteMagnitude)
  try callLAPACK(routine, "conditionNumber") { unsafe body(norm, &reciprocal) }
  return 1 / reciprocal
}

/// Stops the program unless the shape is square.
func requireSquare(_ operation: String, _ rows: Int, _ columns: Int) {
  require(rows == columns, "\(operation): \(rows) × \(columns) is not square")
}

/// Stops the program unless a right side has as many rows as the system has equations.
func requireRightSide(_ operation: String, _ rows: Int, _ columns: Int, rows expected: Int) {
  require(
    rows == expected,
    "\(operation): a right side of \(rows) × \(columns) does not fit \(expected) equations")
}
