internal import CLangevinLAPACKE
import LangevinPreconditions

/// The factorization P A Pᵀ = L D Lᵀ of a symmetric matrix, which may be indefinite.
///
/// L is unit lower triangular, and D has blocks of order 1 and 2 on its diagonal (Bunch & Kaufman 1977). It
/// solves systems in half of the operations of ``LU`` and counts the signs of the eigenvalues. LAPACK's
/// `sytrf`.
public struct LDLT<Element: MatrixElement>: Sendable {
  /// L and D as LAPACK leaves them, column-major: row j holds column j.
  private let factors: Matrix<Element>
  /// LAPACK's exchanges, which are negative in a block of order 2.
  private let pivots: [LAPACKInteger]
  /// The 1-norm of A.
  private let norm: Double
  /// The first zero on the diagonal of D, counted from 0; nil if A is regular.
  public let zeroPivot: Int?

  /// Factors `matrix`; see ``MatrixOperand/ldlt()``.
  init(_ matrix: borrowing MatrixView<Element>, _ operation: String) throws(FactorizationError) {
    requireSquare(operation, matrix.rows, matrix.columns)
    var factors = Matrix(matrix.transpose)
    var pivots = [LAPACKInteger](repeating: 0, count: factors.rows)
    var status = 0
    norm = try factors.withMutableHandle { a throws(FactorizationError) in
      let norm = try a.symmetricNorm(operation, .upperTriangle, isTransposed: true)
      if a.count == 0 { return norm }
      let n = lapackIndex(a.rows)
      status = try callLAPACK("sytrf", operation) { work, size, _, _ in
        unsafe Element.routines.lapack.sytrf(letter("L"), n, a.base, n, &pivots, work, size)
      }
      return norm
    }
    self.factors = factors
    self.pivots = pivots
    zeroPivot = status > 0 ? status - 1 : nil
  }

  /// The number of rows and columns of A.
  public var order: Int { factors.rows }

  /// Calls `body` for each block of D with its first row and its order, and with the row of P A Pᵀ that
  /// LAPACK exchanged with its last row.
  private func forEachBlock(_ body: (_ row: Int, _ order: Int, _ exchanged: Int) -> Void) {
    var row = 0
    while row < order {
      let size = pivots[row] > 0 ? 1 : 2
      body(row, size, Int(pivots[row].magnitude) - 1)
      row += size
    }
  }

  /// The factor L: unit lower triangular, n × n.
  public var l: Matrix<Element> {
    var result = Matrix(factors.view.transpose)
    result.withMutableHandle { l in
      l.clear(.upperTriangle)
      l.fillDiagonal(1)
      forEachBlock { row, size, exchanged in
        if size == 2 { unsafe l.base[(row + 1) * l.stride + row] = 0 }
        l.swapRows(row + size - 1, exchanged, columns: row)
      }
    }
    return result
  }

  /// The factor D: n × n, symmetric, with blocks of order 1 and 2 on its diagonal and zeros elsewhere.
  public var d: Matrix<Element> {
    var result = Matrix<Element>(rows: order, columns: order)
    forEachBlock { row, size, _ in
      result[row, row] = factors[row, row]
      if size == 2 {
        result[row + 1, row + 1] = factors[row + 1, row + 1]
        // The element below the diagonal, in column-major storage.
        result[row + 1, row] = factors[row, row + 1]
        result[row, row + 1] = factors[row, row + 1]
      }
    }
    return result
  }

  /// The rows of A in the order of P A: row i of P A is row `permutation[i]` of A.
  public var permutation: [Int] {
    var result = Array(0..<order)
    forEachBlock { row, size, exchanged in result.swapAt(row + size - 1, exchanged) }
    return result
  }

  /// Returns the solution X of A X = B. LAPACK's `sytrs`, or `sytrs2` for several right sides.
  ///
  /// - Parameter b: The right sides B, n × k.
  /// - Returns: The matrix X, n × k.
  /// - Throws: ``FactorizationError/singular(operation:pivot:)``, `notFinite` or `noMemory`.
  public func solve(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) throws(FactorizationError) -> Matrix<Element> {
    if b.columns == 1 {
      return try solution("solve", b, rows: order) { x throws(FactorizationError) in try solve(x) }
    }
    try requireRegular("solve")
    requireRightSide("solve", b.rows, b.columns, rows: order)
    var columns = Matrix(b.view.transpose)
    try columns.withMutableHandle { x throws(FactorizationError) in
      try x.requireFinite("solve", "right side", isTransposed: true)
      if x.count == 0 { return }
      let (n, k) = (lapackIndex(order), lapackIndex(x.rows))
      let work = try Workspace<Element>("solve", elements: order)
      // `sytrs2` rearranges the factors while it runs.
      var copy = factors
      _ = try copy.withMutableHandle { f throws(FactorizationError) in
        try callLAPACK("sytrs2", "solve") {
          unsafe Element.routines.lapack.sytrs2(
            letter("L"), n, k, f.base, n, pivots, x.base, n, work.elements)
        }
      }
    }
    return Matrix(columns.view.transpose)
  }

  /// Returns the solution x of A x = b, n elements.
  ///
  /// - Throws: ``FactorizationError/singular(operation:pivot:)``, `notFinite` or `noMemory`.
  public func solve(_ b: [Element]) throws(FactorizationError) -> [Element] {
    try solution("solve", b, rows: order) { x throws(FactorizationError) in try solve(x) }
  }

  /// Solves for one column in place.
  private func solve(_ x: MatrixHandle<Element>) throws(FactorizationError) {
    try requireRegular("solve")
    let n = lapackIndex(order)
    _ = try factors.withHandle { f throws(FactorizationError) in
      try callLAPACK("sytrs", "solve") {
        unsafe Element.routines.lapack.sytrs(letter("L"), n, 1, f.base, n, pivots, x.base, n)
      }
    }
  }

  private func requireRegular(_ operation: String) throws(FactorizationError) {
    if let zeroPivot { throw .singular(operation: operation, pivot: zeroPivot) }
  }

  /// Returns the inverse of A, n × n. LAPACK's `sytri2`.
  ///
  /// - Throws: ``FactorizationError/singular(operation:pivot:)`` or `noMemory`.
  public func inverse() throws(FactorizationError) -> Matrix<Element> {
    try requireRegular("inverse")
    if OpenBLAS.corruptsSymmetricProducts(of: Element.self) {
      var result = try solve(Matrix<Element>.identity(order))
      result.withMutableHandle { $0.mirror(.lowerTriangle) }
      return result
    }
    var result = factors
    if result.isEmpty { return result }
    let n = lapackIndex(order)
    try result.withMutableHandle { a throws(FactorizationError) in
      try callLAPACK("sytri2", "inverse") { work, size, _, _ in
        unsafe Element.routines.lapack.sytri2(letter("L"), n, a.base, n, pivots, work, size)
      }
      a.mirror(.upperTriangle)
    }
    return result
  }

  /// The numbers of positive, negative and zero eigenvalues of A, which are those of D (Sylvester's law of
  /// inertia).
  public var inertia: (positive: Int, negative: Int, zero: Int) {
    var result = (positive: 0, negative: 0, zero: 0)
    forEachBlock { row, size, _ in
      if size == 2 {
        // Blocks of order 2 have one eigenvalue of each sign.
        result.positive += 1
        result.negative += 1
      } else if factors[row, row] > 0 {
        result.positive += 1
      } else if factors[row, row] < 0 {
        result.negative += 1
      } else {
        result.zero += 1
      }
    }
    return result
  }

  /// The determinant of A, infinite or zero if it exceeds the range; 1 for an empty matrix.
  public var determinant: Element { diagonal.value(as: Element.self) }

  /// The sign (1, −1 or 0) and the natural logarithm of the magnitude of the determinant of A.
  ///
  /// The determinant is `sign * exp(logMagnitude)`; that of a singular matrix is 0 with logarithm −∞.
  public var logDeterminant: (sign: Element, logMagnitude: Element) {
    let product = diagonal
    return (product.sign(as: Element.self), product.logarithm(as: Element.self))
  }

  private var diagonal: ScaledProduct {
    var product = ScaledProduct()
    forEachBlock { row, size, _ in
      let first = Double(factors[row, row])
      if size == 1 { return product.multiply(by: first) }
      // (a c / b − b) b, which does not overflow: b is the largest element of the block.
      let off = Double(factors[row, row + 1])
      product.multiply(by: first / off * Double(factors[row + 1, row + 1]) - off)
      product.multiply(by: off)
    }
    return product
  }

  /// Returns an estimate of the condition number ‖A‖₁ ‖A⁻¹‖₁, rarely more than a factor of three too small;
  /// infinite if A is singular. LAPACK's `sycon`.
  ///
  /// - Throws: ``FactorizationError/noMemory(operation:)``.
  public func conditionNumber() throws(FactorizationError) -> Element {
    if zeroPivot != nil { return .infinity }
    let n = lapackIndex(order)
    let work = try Workspace<Element>("conditionNumber", elements: 2 * order, integers: order)
    return try reciprocalCondition("sycon", norm, order) { norm, reciprocal in
      factors.withHandle { f in
        unsafe Element.routines.lapack.sycon(
          letter("L"), n, f.base, n, pivots, norm, reciprocal, work.elements, work.integers)
      }
    }
  }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the factorization P A Pᵀ = L D Lᵀ of this symmetric matrix, which may be indefinite.
  ///
  /// Only the lower triangle is read. LAPACK's `sytrf`.
  ///
  /// - Throws: ``FactorizationError/notFinite(operation:operand:row:column:)`` or `noMemory`. Solving throws
  ///   if the matrix is singular.
  public borrowing func ldlt() throws(FactorizationError) -> LDLT<Element> {
    try LDLT(view, "ldlt")
  }
}
