import LangevinKernelTable
import LangevinPreconditions

/// The Cholesky factorizations A = L Lᵀ of a stack of symmetric positive definite matrices.
public struct CholeskyStack<Element: MatrixElement>: Sendable {
  /// The factors L: lower triangular, n × n, with a positive diagonal and zeros above it.
  public let l: MatrixStack<Element>

  init(_ stack: MatrixStack<Element>) throws(FactorizationError) {
    let operation = "cholesky"
    requireSquare(operation, stack.rows, stack.columns)
    let (count, order) = (stack.count, stack.rows)
    var factors = stack
    try factors.withMutableHandle { a throws(FactorizationError) in
      if a.count == 0 { return }
      if order <= MatrixStack<Element>.smallOrder {
        // The kernel detects infinities and NaN as minors that are not positive.
        var minor = 0
        let failed = unsafe Engine.current.kernels(of: Element.self).factorCholeskyStack(
          count, order, a.base, &minor)
        if failed == count { return }
        try stack[failed].withHandle { a throws(FactorizationError) in
          try inStack(failed) { () throws(FactorizationError) in
            try a.requireFinite(operation, "matrix", .lowerTriangle)
          }
        }
        throw .inStack(
          index: failed, error: .notPositiveDefinite(operation: operation, minor: minor))
      }
      for i in 0..<count {
        try inStack(i) { () throws(FactorizationError) in
          let matrix = a.matrix(i, rows: order)
          try matrix.requireFinite(operation, "matrix", .lowerTriangle)
          matrix.mirror(.lowerTriangle)
          try matrix.formCholeskyFactor(operation)
        }
      }
    }
    l = factors
  }

  /// Returns the solutions X of A X = B, matrix by matrix.
  ///
  /// - Parameter b: The right sides, one n × k matrix for each factorization; another shape or number
  ///   stops the program.
  /// - Throws: ``FactorizationError/inStack(index:error:)`` of `notFinite`, or `noMemory`.
  public func solve(_ b: MatrixStack<Element>) throws(FactorizationError) -> MatrixStack<Element> {
    try solution(b, count: l.count, order: l.rows) { (i, x) throws(FactorizationError) in
      try l.stacked.withHandle { factors throws(FactorizationError) in
        let l = factors.matrix(i, rows: x.rows)
        try x.solveInStack(l, lower: true)
        try x.solveInStack(l, lower: true, transposed: true)
      }
    }
  }

  /// The natural logarithm of the determinant of each A.
  public var logDeterminants: [Element] {
    (0..<l.count).map { i in
      let factor = l.view(i)
      var product = ScaledProduct()
      for k in 0..<factor.rows {
        let element = Double(factor[k, k])
        product.multiply(by: element)
        product.multiply(by: element)
      }
      return product.logarithm(as: Element.self)
    }
  }
}

/// Calls `body`, and adds the index of a matrix in a stack to its errors.
func inStack(
  _ index: Int, _ body: () throws(FactorizationError) -> Void
) throws(FactorizationError) {
  do { try body() } catch { throw .inStack(index: index, error: error) }
}

/// Returns the solutions of a stack of systems with the right sides `b`, computed in place by `body`.
func solution<Element: MatrixElement>(
  _ b: MatrixStack<Element>, count: Int, order: Int,
  _ body: (_ index: Int, MatrixHandle<Element>) throws(FactorizationError) -> Void
) throws(FactorizationError) -> MatrixStack<Element> {
  require(
    b.count == count && b.rows == order,
    """
    solve: right sides of \(b.shapeDescription) do not fit \(count) systems of \(order) equations
    """)
  try b.requireFinite("solve", "right side")
  var x = b
  try x.withMutableHandle { x throws(FactorizationError) in
    if x.count == 0 { return }
    for i in 0..<count { try body(i, x.matrix(i, rows: order)) }
  }
  return x
}

extension MatrixHandle {
  /// Replaces X, these elements, by op(T)⁻¹ X for a triangle T of `factor`: in Swift for small systems, where a
  /// call of BLAS would take longer.
  func solveInStack(
    _ factor: MatrixHandle, lower: Bool, transposed: Bool = false, unitDiagonal: Bool = false
  ) throws(FactorizationError) {
    if rows <= MatrixStack<Element>.smallOrder && columns <= 8 {
      return solveSmallTriangle(
        factor, lower: lower, transposed: transposed, unitDiagonal: unitDiagonal)
    }
    try solveTriangular(
      "solve", factor, lower: lower, transposed: transposed, unitDiagonal: unitDiagonal)
  }
}

extension MatrixStack {
  /// Returns the Cholesky factorization of each matrix, of which only the lower triangle is read.
  ///
  /// Swift kernels up to order 32, LAPACK's `potrf` beyond.
  ///
  /// - Throws: ``FactorizationError/inStack(index:error:)`` of `notPositiveDefinite`, `notFinite` or
  ///   `noMemory`, for the first matrix that fails.
  public func cholesky() throws(FactorizationError) -> CholeskyStack<Element> {
    try CholeskyStack(self)
  }
}
