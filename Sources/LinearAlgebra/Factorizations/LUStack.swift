import LangevinKernelTable
import LangevinPreconditions

/// The factorizations P A = L U of a stack of regular square matrices.
public struct LUStack<Element: MatrixElement>: Sendable {
  /// L below and U above the diagonal of each matrix, row-major.
  private let factors: MatrixStack<Element>
  /// Step k of matrix i exchanged row k and row `pivots[i * order + k]`.
  private let pivots: [Int32]

  init(_ stack: MatrixStack<Element>) throws(FactorizationError) {
    let operation = "lu"
    requireSquare(operation, stack.rows, stack.columns)
    try stack.requireFinite(operation)
    let (count, order) = (stack.count, stack.rows)
    var factors = stack
    var pivots = [Int32](repeating: 0, count: count * order)
    try factors.withMutableHandle { a throws(FactorizationError) in
      if a.count == 0 { return }
      let kernels = Engine.current.kernels(of: Element.self)
      if order <= MatrixStack<Element>.smallOrder {
        var pivot = 0
        let failed = unsafe kernels.factorLUStack(count, order, a.base, &pivots, &pivot)
        if failed == count { return }
        throw .inStack(index: failed, error: .singular(operation: operation, pivot: pivot))
      }
      for i in 0..<count {
        let matrix = a.matrix(i, rows: order)
        try inStack(i) { () throws(FactorizationError) in
          let lu = try LU(MatrixView(matrix), operation)
          if let pivot = lu.zeroPivot { throw .singular(operation: operation, pivot: pivot) }
          lu.copyFactors(to: matrix)
          for k in 0..<order { pivots[i * order + k] = Int32(lu.exchangedRow(k)) }
        }
      }
    }
    self.factors = factors
    self.pivots = pivots
  }

  /// The number of matrices.
  public var count: Int { factors.count }
  /// The number of rows and columns of each matrix.
  public var order: Int { factors.rows }

  /// Returns the solutions X of A X = B, matrix by matrix.
  ///
  /// - Parameter b: The right sides, one n × k matrix for each factorization; another shape or number
  ///   stops the program.
  /// - Throws: ``FactorizationError/inStack(index:error:)`` of `notFinite`, or `noMemory`.
  public func solve(_ b: MatrixStack<Element>) throws(FactorizationError) -> MatrixStack<Element> {
    try solution(b, count: count, order: order) { (i, x) throws(FactorizationError) in
      try factors.stacked.withHandle { factors throws(FactorizationError) in
        for k in 0..<x.rows { x.swapRows(k, Int(pivots[i * x.rows + k])) }
        let lu = factors.matrix(i, rows: x.rows)
        try x.solveInStack(lu, lower: true, unitDiagonal: true)
        try x.solveInStack(lu, lower: false)
      }
    }
  }

  /// The determinant of each A, infinite or zero if it exceeds the range.
  public var determinants: [Element] { products.map { $0.value(as: Element.self) } }

  /// The sign (1 or −1) and the natural logarithm of the magnitude of the determinant of each A.
  public var logDeterminants: [(sign: Element, logMagnitude: Element)] {
    products.map { ($0.sign(as: Element.self), $0.logarithm(as: Element.self)) }
  }

  private var products: [ScaledProduct] {
    (0..<count).map { i in
      let factor = factors.view(i)
      var product = ScaledProduct()
      for k in 0..<order {
        product.multiply(by: Double(factor[k, k]))
        if Int(pivots[i * order + k]) != k { product.multiply(by: -1) }
      }
      return product
    }
  }
}

extension LU {
  /// Copies L and U in row-major order.
  func copyFactors(to handle: MatrixHandle<Element>) { handle.copy(factors.view.transpose) }

  /// Returns the row with which step `k` exchanged row `k`.
  func exchangedRow(_ k: Int) -> Int { Int(pivots[k]) - 1 }
}

extension MatrixStack {
  /// Returns the factorization P A = L U of each matrix, which must be square and regular.
  ///
  /// Swift kernels up to order 32, LAPACK's `getrf` beyond.
  ///
  /// - Throws: ``FactorizationError/inStack(index:error:)`` of `singular`, `notFinite` or `noMemory`, for the
  ///   first matrix that fails.
  public func lu() throws(FactorizationError) -> LUStack<Element> { try LUStack(self) }
}
