internal import CLangevinLAPACKE
internal import LangevinKernelTable
import LangevinPreconditions

/// The singular value decomposition A = U diag(σ) Vᵀ of a matrix A of any shape m × n.
///
/// It is the most reliable answer to questions of rank, and the most expensive factorization. LAPACK's `gesdd`.
public struct SVD<Element: MatrixElement>: Sendable {
  /// The left singular vectors U: m × min(m, n), or m × m if full, with orthonormal columns.
  public let u: Matrix<Element>
  /// The min(m, n) singular values σ, in descending order.
  public let values: [Element]
  /// The transpose Vᵀ of the right singular vectors: min(m, n) × n, or n × n if full, with orthonormal rows.
  public let vTransposed: Matrix<Element>

  /// Factors `matrix`; see ``MatrixOperand/svd(full:)``.
  init(
    _ matrix: borrowing MatrixView<Element>, full: Bool, _ operation: String
  ) throws(FactorizationError) {
    let (m, n) = (matrix.rows, matrix.columns)
    let k = min(m, n)
    if k == 0 {
      u = full ? .identity(m) : Matrix(rows: m, columns: 0)
      vTransposed = full ? .identity(n) : Matrix(rows: 0, columns: n)
      values = []
      return
    }
    // For LAPACK, a row-major matrix is its transpose, whose singular vectors are exchanged. LAPACK is
    // faster for tall matrices.
    let isTall = m > n
    let factors = try Self.factors(
      of: isTall ? Matrix(matrix.transpose) : Matrix(copy matrix), full: full, isTall: isTall,
      operation)
    values = factors.values
    u = isTall ? Matrix(factors.left.view.transpose) : factors.right
    vTransposed = isTall ? Matrix(factors.right.view.transpose) : factors.left
  }

  /// Returns the decomposition of the matrix whose columns are the rows of `columns`.
  ///
  /// - Returns: The left singular vectors as rows, the values, and the right singular vectors as columns.
  private static func factors(
    of columns: consuming Matrix<Element>, full: Bool, isTall: Bool, _ operation: String
  ) throws(FactorizationError) -> (
    left: Matrix<Element>, values: [Element], right: Matrix<Element>
  ) {
    let (m, n) = (columns.columns, columns.rows)
    let k = min(m, n)
    var a = columns
    var left = Matrix<Element>(uninitializedRows: full ? m : k, columns: m)
    var right = Matrix<Element>(uninitializedRows: n, columns: full ? n : k)
    let values = try Array(count: k) { values throws(FactorizationError) in
      try a.withMutableHandle { a throws(FactorizationError) in
        try a.requireFinite(operation, isTransposed: isTall)
        try left.withMutableHandle { left throws(FactorizationError) in
          try right.withMutableHandle { right throws(FactorizationError) in
            let (m, n) = (lapackIndex(m), lapackIndex(n))
            let status = try callLAPACK("gesdd", operation, integers: 8 * k) {
              work, size, integers, _ in
              unsafe Element.routines.lapack.gesdd(
                letter(full ? "A" : "S"), m, n, a.base, m, values, left.base, m, right.base,
                lapackIndex(right.columns), work, size, integers)
            }
            if status > 0 { throw .noConvergence(operation: operation, remaining: status) }
          }
        }
      }
    }
    return (left, values, right)
  }

  /// The number of rows of A.
  public var rows: Int { u.rows }
  /// The number of columns of A.
  public var columns: Int { vTransposed.columns }

  /// Returns the number of singular values that exceed `tolerance` times the largest one.
  ///
  /// - Parameter tolerance: A relative tolerance; max(m, n) ε by default.
  public func rank(tolerance: Element? = nil) -> Int {
    numericalRank(values, tolerance ?? defaultTolerance(rows, columns))
  }

  /// The condition number σ₁ / σₖ in the 2-norm, exact within rounding; infinite if the rank is deficient
  /// exactly, 0 for an empty matrix.
  public var conditionNumber: Element { ratio(of: values) }

  /// Returns the X of minimum norm that minimizes ‖A X − B‖, column by column.
  ///
  /// - Parameters:
  ///   - b: The right sides B, m × k.
  ///   - tolerance: The relative tolerance below which singular values count as zero; max(m, n) ε by default.
  /// - Returns: The matrix X, n × k.
  /// - Throws: ``FactorizationError/notFinite(operation:operand:row:column:)``.
  public func solve(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable, tolerance: Element? = nil
  ) throws(FactorizationError) -> Matrix<Element> {
    let rank = rank(tolerance: tolerance)
    let right = try solution("solve", b, rows: rows) { _ in }
    var scaled = Matrix<Element>(uninitializedRows: rank, columns: right.columns)
    scaled.formProduct(u.view.columns(0..<rank), right.view, transposeA: true)
    divideRows(of: &scaled)
    var result = Matrix<Element>(uninitializedRows: columns, columns: right.columns)
    result.formProduct(vTransposed.view.rows(0..<rank), scaled.view, transposeA: true)
    return result
  }

  /// Returns the x of minimum norm that minimizes ‖A x − b‖, n elements.
  ///
  /// - Throws: ``FactorizationError/notFinite(operation:operand:row:column:)``.
  public func solve(
    _ b: [Element], tolerance: Element? = nil
  ) throws(FactorizationError) -> [Element] {
    let x = try solve(column(b), tolerance: tolerance)
    return (0..<x.rows).map { x[$0, 0] }
  }

  /// Returns the pseudoinverse V diag(1/σ) Uᵀ, n × m (Moore–Penrose).
  ///
  /// - Parameter tolerance: The relative tolerance below which singular values count as zero; max(m, n) ε by
  ///   default.
  public func pseudoInverse(tolerance: Element? = nil) -> Matrix<Element> {
    let rank = rank(tolerance: tolerance)
    var scaled = vTransposed.rows(0..<rank)
    divideRows(of: &scaled)
    var result = Matrix<Element>(uninitializedRows: columns, columns: rows)
    result.formProduct(
      scaled.view, u.view.columns(0..<rank), transposeA: true, transposeB: true)
    return result
  }

  /// Divides row i by `values[i]`, for every row.
  private func divideRows(of matrix: inout Matrix<Element>) {
    let kernels = Engine.current.kernels(of: Element.self)
    matrix.withMutableHandle { x in
      for i in 0..<x.rows {
        let row = unsafe x.base + i * x.stride
        unsafe kernels.divideByScalar(x.columns, Double(values[i]), row, row)
      }
    }
  }
}

/// Returns `elements` as a matrix of one column.
private func column<Element: MatrixElement>(_ elements: [Element]) -> Matrix<Element> {
  var result = Matrix<Element>(uninitializedRows: elements.count, columns: 1)
  result.withMutableHandle { x in
    for i in elements.indices { unsafe x.base[i] = elements[i] }
  }
  return result
}

/// Returns the number of values that exceed `tolerance` times the largest magnitude, the first.
func numericalRank<Element: MatrixElement>(_ values: [Element], _ tolerance: Element) -> Int {
  guard let largest = values.first else { return 0 }
  return values.count { $0 > tolerance * largest }
}

/// Returns the largest of descending values divided by the smallest.
func ratio<Element: MatrixElement>(of values: [Element]) -> Element {
  guard let largest = values.first, let smallest = values.last else { return 0 }
  return smallest == 0 ? .infinity : largest / smallest
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the singular value decomposition A = U diag(σ) Vᵀ of this matrix. LAPACK's `gesdd`.
  ///
  /// - Parameter full: Whether U and V are square; by default they have min(rows, columns) columns.
  /// - Throws: ``FactorizationError/noConvergence(operation:remaining:)``, `notFinite` or `noMemory`.
  public borrowing func svd(full: Bool = false) throws(FactorizationError) -> SVD<Element> {
    try SVD(view, full: full, "svd")
  }

  /// Returns the singular values of this matrix in descending order, which is several times faster than
  /// ``svd(full:)``. LAPACK's `gesdd`.
  ///
  /// - Throws: ``FactorizationError/noConvergence(operation:remaining:)``, `notFinite` or `noMemory`.
  public borrowing func singularValues() throws(FactorizationError) -> [Element] {
    try singularValues("singularValues")
  }

  borrowing func singularValues(_ operation: String) throws(FactorizationError) -> [Element] {
    let (m, n) = (rows, columns)
    if min(m, n) == 0 { return [] }
    let isTall = m > n
    var copy = isTall ? Matrix(view.transpose) : Matrix(view)
    return try Array(count: min(m, n)) { values throws(FactorizationError) in
      try copy.withMutableHandle { a throws(FactorizationError) in
        try a.requireFinite(operation, isTransposed: isTall)
        let (rows, columns) = (lapackIndex(a.columns), lapackIndex(a.rows))
        let status = try callLAPACK("gesdd", operation, integers: 8 * min(m, n)) {
          work, size, integers, _ in
          unsafe Element.routines.lapack.gesdd(
            letter("N"), rows, columns, a.base, rows, values, nil, 1, nil, 1, work, size, integers)
        }
        if status > 0 { throw .noConvergence(operation: operation, remaining: status) }
      }
    }
  }

  /// Returns the number of singular values that exceed `tolerance` times the largest one.
  ///
  /// - Parameter tolerance: A relative tolerance; max(rows, columns) ε by default.
  /// - Throws: ``FactorizationError/noConvergence(operation:remaining:)``, `notFinite` or `noMemory`.
  public borrowing func rank(tolerance: Element? = nil) throws(FactorizationError) -> Int {
    numericalRank(try singularValues("rank"), tolerance ?? defaultTolerance(rows, columns))
  }

  /// Returns the condition number σ₁ / σₖ in the 2-norm, from the singular values; infinite if the matrix is
  /// singular exactly, 0 for an empty matrix.
  ///
  /// - Throws: ``FactorizationError/noConvergence(operation:remaining:)``, `notFinite` or `noMemory`.
  public borrowing func conditionNumber() throws(FactorizationError) -> Element {
    ratio(of: try singularValues("conditionNumber"))
  }

  /// Returns the pseudoinverse of this matrix, columns × rows (Moore–Penrose).
  ///
  /// - Parameter tolerance: The relative tolerance below which singular values count as zero;
  ///   max(rows, columns) ε by default.
  /// - Throws: ``FactorizationError/noConvergence(operation:remaining:)``, `notFinite` or `noMemory`.
  public borrowing func pseudoInverse(
    tolerance: Element? = nil
  ) throws(FactorizationError) -> Matrix<Element> {
    try SVD(view, full: false, "pseudoInverse").pseudoInverse(tolerance: tolerance)
  }
}
