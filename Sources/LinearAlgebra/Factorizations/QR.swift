internal import CLangevinLAPACKE
internal import LangevinKernelTable
import LangevinPreconditions

/// The factorization A = Q R, or A P = Q R with column pivoting, for a matrix A of any shape m × n.
///
/// Q has orthonormal columns, and R is upper triangular or trapezoidal. It solves least-squares problems. With
/// pivoting, the magnitudes on R's diagonal do not increase, so that they show the rank. LAPACK's `geqrf` and
/// `geqp3`.
public struct QR<Element: MatrixElement>: Sendable {
  /// R on and above the diagonal and the reflectors of Q below, column-major: row j holds column j.
  private let factors: Matrix<Element>
  /// The factors of the reflectors.
  private let scales: [Element]
  /// The columns of A in the order of A P: column j of A P is column `permutation[j]` of A. Without
  /// pivoting, 0, 1, … n − 1.
  public let permutation: [Int]
  /// Whether the columns were pivoted.
  public let isPivoted: Bool

  /// Factors `matrix`; see ``MatrixOperand/qr(pivoting:)``.
  init(
    _ matrix: borrowing MatrixView<Element>, pivoting: Bool, _ operation: String
  ) throws(FactorizationError) {
    try self.init(columns: Matrix(matrix.transpose), pivoting: pivoting, operation)
  }

  /// Factors the matrix whose columns are the rows of `columns`.
  init(
    columns: consuming Matrix<Element>, pivoting: Bool, _ operation: String
  ) throws(FactorizationError) {
    let (m, n) = (columns.columns, columns.rows)
    var permutation = Array(0..<n)
    var scales = [Element](repeating: 0, count: min(m, n))
    try columns.withMutableHandle { a throws(FactorizationError) in
      try a.requireFinite(operation, isTransposed: true)
      if a.count == 0 { return }
      let lapack = Element.routines.lapack
      let (m, n) = (lapackIndex(m), lapackIndex(n))
      if pivoting {
        // Zeros leave every column free to move.
        var pivots = [LAPACKInteger](repeating: 0, count: a.rows)
        try callLAPACK("geqp3", operation) { work, size, _, _ in
          unsafe lapack.geqp3(m, n, a.base, m, &pivots, &scales, work, size)
        }
        permutation = pivots.map { Int($0) - 1 }
      } else {
        try callLAPACK("geqrf", operation) { work, size, _, _ in
          unsafe lapack.geqrf(m, n, a.base, m, &scales, work, size)
        }
      }
    }
    self.factors = columns
    self.scales = scales
    self.permutation = permutation
    isPivoted = pivoting
  }

  /// The number of rows of A.
  public var rows: Int { factors.columns }
  /// The number of columns of A.
  public var columns: Int { factors.rows }

  /// The factor R: min(m, n) × n, upper triangular or trapezoidal.
  public var r: Matrix<Element> {
    var result = Matrix(factors.view.columns(0..<min(rows, columns)).transpose)
    result.withMutableHandle { $0.clear(.lowerTriangle) }
    return result
  }

  /// Returns the thin factor Q: m × min(m, n), with orthonormal columns. LAPACK's `orgqr`.
  ///
  /// - Throws: ``FactorizationError/noMemory(operation:)``.
  public func q() throws(FactorizationError) -> Matrix<Element> {
    try orthogonalFactor(columns: min(rows, columns))
  }

  /// Returns the square orthogonal factor Q: m × m. LAPACK's `orgqr`.
  ///
  /// - Throws: ``FactorizationError/noMemory(operation:)``.
  public func fullQ() throws(FactorizationError) -> Matrix<Element> {
    try orthogonalFactor(columns: rows)
  }

  private func orthogonalFactor(columns count: Int) throws(FactorizationError) -> Matrix<Element> {
    var result = Matrix<Element>(uninitializedRows: count, columns: rows)
    if result.isEmpty { return Matrix(rows: rows, columns: count) }
    let (m, n, k) = (lapackIndex(rows), lapackIndex(count), lapackIndex(scales.count))
    try result.withMutableHandle { q throws(FactorizationError) in
      factors.withHandle { q.rows(0..<scales.count).copy($0.rows(0..<scales.count)) }
      try callLAPACK("orgqr", "q") { work, size, _, _ in
        unsafe Element.routines.lapack.orgqr(m, n, k, q.base, m, scales, work, size)
      }
    }
    return Matrix(result.view.transpose)
  }

  /// Returns the product Q B with the square factor Q, without forming Q. LAPACK's `ormqr`.
  ///
  /// - Parameter b: The matrix B, m × k.
  /// - Returns: The product, m × k.
  /// - Throws: ``FactorizationError/notFinite(operation:operand:row:column:)`` or `noMemory`.
  public func multiply(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) throws(FactorizationError) -> Matrix<Element> {
    try solution("multiply", b, rows: rows) { x throws(FactorizationError) in
      try multiply("multiply", x, transposed: false)
    }
  }

  /// Returns the product Qᵀ B with the square factor Q, without forming Q. LAPACK's `ormqr`.
  ///
  /// - Parameter b: The matrix B, m × k.
  /// - Returns: The product, m × k.
  /// - Throws: ``FactorizationError/notFinite(operation:operand:row:column:)`` or `noMemory`.
  public func multiplyTransposed(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) throws(FactorizationError) -> Matrix<Element> {
    try solution("multiplyTransposed", b, rows: rows) { x throws(FactorizationError) in
      try multiply("multiplyTransposed", x, transposed: true)
    }
  }

  /// Replaces X by Q X or Qᵀ X.
  private func multiply(
    _ operation: String, _ x: MatrixHandle<Element>, transposed: Bool
  ) throws(FactorizationError) {
    if x.count == 0 || scales.isEmpty { return }
    let (m, k, count) = (lapackIndex(rows), lapackIndex(x.columns), lapackIndex(scales.count))
    _ = try factors.withHandle { f throws(FactorizationError) in
      try callLAPACK("ormqr", operation) { work, size, _, _ in
        // For LAPACK, X is Xᵀ: Qᵀ X is (Xᵀ Q)ᵀ. One column is the same in both orders.
        x.columns == 1
          ? unsafe Element.routines.lapack.ormqr(
            letter("L"), letter(transposed ? "T" : "N"), m, 1, count, f.base, m, scales, x.base, m,
            work, size)
          : unsafe Element.routines.lapack.ormqr(
            letter("R"), letter(transposed ? "N" : "T"), k, m, count, f.base, m, scales, x.base,
            lapackIndex(x.stride), work, size)
      }
    }
  }

  /// Returns the X that minimizes ‖A X − B‖ column by column.
  ///
  /// A must have at least as many rows as columns, which stops the program otherwise, and linearly independent
  /// columns: an element on R's diagonal of at most m ε max|r_jj| counts as dependence.
  ///
  /// - Parameter b: The right sides B, m × k.
  /// - Returns: The matrix X, n × k.
  /// - Throws: ``FactorizationError/rankDeficient(operation:column:)``, `notFinite` or `noMemory`.
  public func solve(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) throws(FactorizationError) -> Matrix<Element> {
    try solve(b, "solve")
  }

  func solve(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable, _ operation: String
  ) throws(FactorizationError) -> Matrix<Element> {
    var x = try solution(operation, b, rows: rows) { x throws(FactorizationError) in
      try solve(operation, x)
    }
    if rows != columns { x.resize(rows: columns) }
    return x
  }

  /// Returns the x that minimizes ‖A x − b‖, n elements.
  ///
  /// - Throws: ``FactorizationError/rankDeficient(operation:column:)``, `notFinite` or `noMemory`.
  public func solve(_ b: [Element]) throws(FactorizationError) -> [Element] {
    let x = try solution("solve", b, rows: rows) { x throws(FactorizationError) in
      try solve("solve", x)
    }
    return rows == columns ? x : Array(x[..<columns])
  }

  /// Writes the solution to the first n rows.
  private func solve(
    _ operation: String, _ x: MatrixHandle<Element>
  ) throws(FactorizationError) {
    try requireFullRank(operation)
    try multiply(operation, x, transposed: true)
    let top = x.rows(0..<columns)
    try factors.withHandle { f throws(FactorizationError) in
      try top.solveTriangular(operation, f, lower: true, transposed: true)
    }
    if isPivoted { top.moveRows(to: permutation) }
  }

  /// Returns the solution X of Aᵀ X = B of minimum norm, column by column.
  ///
  /// A must have at least as many rows as columns, which stops the program otherwise, and linearly
  /// independent columns.
  ///
  /// - Parameter b: The right sides B, n × k.
  /// - Returns: The matrix X, m × k.
  /// - Throws: ``FactorizationError/rankDeficient(operation:column:)``, `notFinite` or `noMemory`.
  public func solveTransposed(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) throws(FactorizationError) -> Matrix<Element> {
    try solveTransposed(b, "solveTransposed")
  }

  func solveTransposed(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable, _ operation: String
  ) throws(FactorizationError) -> Matrix<Element> {
    var x = try solution(operation, b, rows: columns) { x throws(FactorizationError) in
      try requireFullRank(operation)
      if isPivoted { x.moveRows(from: permutation) }
      try factors.withHandle { f throws(FactorizationError) in
        try x.solveTriangular(operation, f, lower: true)
      }
    }
    if rows != columns { x.resize(rows: rows) }
    try x.withMutableHandle { x throws(FactorizationError) in
      try multiply(operation, x, transposed: false)
    }
    return x
  }

  private func requireFullRank(_ operation: String) throws(FactorizationError) {
    require(
      rows >= columns, "\(operation): \(rows) × \(columns) has more unknowns than equations")
    let largest = largestDiagonal
    for j in 0..<columns
    where factors[j, j].magnitude <= Element(rows) * Element.ulpOfOne * largest {
      throw .rankDeficient(operation: operation, column: permutation[j])
    }
  }

  private var largestDiagonal: Element {
    var largest: Element = 0
    for j in scales.indices { largest = max(largest, factors[j, j].magnitude) }
    return largest
  }

  /// Returns the number of elements on R's diagonal that exceed `tolerance` times the largest one.
  ///
  /// Stops the program if the columns were not pivoted. Singular values are more reliable:
  /// ``MatrixOperand/rank(tolerance:)``.
  ///
  /// - Parameter tolerance: A relative tolerance; max(m, n) ε by default.
  public func rank(tolerance: Element? = nil) -> Int {
    require(isPivoted, "rank: the factorization is not pivoted; use qr(pivoting: true)")
    let limit = (tolerance ?? defaultTolerance(rows, columns)) * largestDiagonal
    return scales.indices.count { factors[$0, $0].magnitude > limit }
  }

  /// The determinant of A, infinite or zero if it exceeds the range; 1 for an empty matrix.
  ///
  /// Stops the program if A is not square.
  public var determinant: Element { diagonal.value(as: Element.self) }

  /// The sign (1, −1 or 0) and the natural logarithm of the magnitude of the determinant of A.
  ///
  /// Stops the program if A is not square.
  public var logDeterminant: (sign: Element, logMagnitude: Element) {
    let product = diagonal
    return (product.sign(as: Element.self), product.logarithm(as: Element.self))
  }

  private var diagonal: ScaledProduct {
    requireSquare("determinant", rows, columns)
    var product = ScaledProduct()
    for i in scales.indices {
      product.multiply(by: Double(factors[i, i]))
      // Each reflector that is not the identity has the determinant −1.
      if scales[i] != 0 { product.multiply(by: -1) }
    }
    if isOddPermutation(permutation) { product.multiply(by: -1) }
    return product
  }

  /// Returns an estimate of the condition number ‖R‖₁ ‖R⁻¹‖₁ of R's leading square block. LAPACK's `trcon`.
  ///
  /// Stops the program if A has more columns than rows. The condition number of A differs by at most a factor
  /// of n from that of R.
  ///
  /// - Throws: ``FactorizationError/noMemory(operation:)``.
  public func conditionNumber() throws(FactorizationError) -> Element {
    require(rows >= columns, "conditionNumber: \(rows) × \(columns) has more columns than rows")
    let (m, n) = (lapackIndex(rows), lapackIndex(columns))
    let work = try Workspace<Element>("conditionNumber", elements: 3 * columns, integers: columns)
    return try reciprocalCondition("trcon", 1, columns) { _, reciprocal in
      factors.withHandle { f in
        unsafe Element.routines.lapack.trcon(
          letter("1"), letter("U"), letter("N"), n, f.base, max(1, m), reciprocal, work.elements,
          work.integers)
      }
    }
  }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the factorization A = Q R of this matrix, or A P = Q R with column pivoting.
  ///
  /// LAPACK's `geqrf`, or `geqp3` with pivoting, which is several times slower.
  ///
  /// - Throws: ``FactorizationError/notFinite(operation:operand:row:column:)`` or `noMemory`.
  public borrowing func qr(pivoting: Bool = false) throws(FactorizationError) -> QR<Element> {
    try QR(view, pivoting: pivoting, "qr")
  }
}

/// Returns max(rows, columns) ε, below which relative singular values count as zero.
func defaultTolerance<Element: MatrixElement>(_ rows: Int, _ columns: Int) -> Element {
  Element(max(rows, columns)) * Element.ulpOfOne
}

/// Returns whether a permutation is a product of an odd number of exchanges.
func isOddPermutation(_ permutation: [Int]) -> Bool {
  var rest = permutation
  var isOdd = false
  for i in rest.indices {
    while rest[i] != i {
      rest.swapAt(i, rest[i])
      isOdd.toggle()
    }
  }
  return isOdd
}

extension MatrixHandle {
  /// Moves row i to row `targets[i]`, for every i.
  func moveRows(to targets: [Int]) {
    var rest = targets
    for i in rest.indices {
      while rest[i] != i {
        swapRows(i, rest[i])
        rest.swapAt(i, rest[i])
      }
    }
  }

  /// Moves row `sources[i]` to row i, for every i.
  func moveRows(from sources: [Int]) {
    var targets = sources
    for i in sources.indices { targets[sources[i]] = i }
    moveRows(to: targets)
  }
}
