internal import CLangevinLAPACKE
internal import LangevinKernelTable
import LangevinPreconditions

/// The eigendecomposition A = V diag(λ) Vᵀ of a symmetric matrix.
///
/// LAPACK's `syevd`, which divides and conquers.
public struct SymmetricEigen<Element: MatrixElement>: Sendable {
  /// The eigenvalues λ, in ascending order.
  public let values: [Element]
  /// The orthogonal matrix V, n × n: column j is the unit eigenvector of `values[j]`.
  public let vectors: Matrix<Element>

  /// Factors `matrix`; see ``MatrixOperand/symmetricEigen()``.
  init(_ matrix: borrowing MatrixView<Element>, _ operation: String) throws(FactorizationError) {
    if OpenBLAS.corruptsSymmetricProducts(of: Element.self) {
      let copy = Matrix<Double>(converting: matrix)
      let eigen = try SymmetricEigen<Double>(copy.view, operation)
      values = eigen.values.map { Element($0) }
      vectors = Matrix(converting: eigen.vectors)
      return
    }
    var columns = Matrix(matrix.transpose)
    values = try symmetricValues(&columns, vectors: true, operation)
    vectors = Matrix(columns.view.transpose)
  }

  /// The number of rows and columns of A.
  public var order: Int { vectors.rows }

  /// Returns the symmetric matrix V diag(f(λ)) Vᵀ, the function `transform` of A.
  ///
  /// With a square root, for example, it is the square root of a positive semidefinite matrix.
  public func map(_ transform: (Element) -> Element) -> Matrix<Element> {
    let factors = values.map(transform)
    // Columns of V scaled: rows of Vᵀ.
    var scaled = Matrix(vectors.view.transpose)
    let kernels = Engine.current.kernels(of: Element.self)
    scaled.withMutableHandle { x in
      for i in 0..<x.rows {
        let row = unsafe x.base + i * x.stride
        unsafe kernels.scale(x.columns, Double(factors[i]), row, row)
      }
    }
    var result = Matrix<Element>(uninitializedRows: order, columns: order)
    result.formProduct(vectors.view, scaled.view)
    result.withMutableHandle { $0.mirror(.lowerTriangle) }
    return result
  }

  /// Returns the number of eigenvalues whose magnitude exceeds `tolerance` times the largest one.
  ///
  /// - Parameter tolerance: A relative tolerance; n ε by default.
  public func rank(tolerance: Element? = nil) -> Int {
    numericalRank(magnitudes, tolerance ?? defaultTolerance(order, order))
  }

  /// The condition number max|λ| / min|λ| in the 2-norm, exact within rounding; infinite if A is singular
  /// exactly, 0 for an empty matrix.
  public var conditionNumber: Element { ratio(of: magnitudes) }

  private var magnitudes: [Element] { values.map(\.magnitude).sorted(by: >) }

  /// The determinant of A, infinite or zero if it exceeds the range; 1 for an empty matrix.
  public var determinant: Element { product.value(as: Element.self) }

  /// The sign (1, −1 or 0) and the natural logarithm of the magnitude of the determinant of A.
  public var logDeterminant: (sign: Element, logMagnitude: Element) {
    let product = product
    return (product.sign(as: Element.self), product.logarithm(as: Element.self))
  }

  private var product: ScaledProduct {
    var product = ScaledProduct()
    for value in values { product.multiply(by: Double(value)) }
    return product
  }
}

/// Returns the eigenvalues of the symmetric matrix whose columns are the rows of `columns`, and replaces these
/// by the eigenvectors.
private func symmetricValues<Element: MatrixElement>(
  _ columns: inout Matrix<Element>, vectors: Bool, _ operation: String
) throws(FactorizationError) -> [Element] {
  requireSquare(operation, columns.columns, columns.rows)
  let order = columns.rows
  if order == 0 { return [] }
  let n = lapackIndex(order)
  return try Array(count: order) { values throws(FactorizationError) in
    try columns.withMutableHandle { a throws(FactorizationError) in
      try a.requireFinite(operation, "matrix", .upperTriangle, isTransposed: true)
      let status = try callLAPACK("syevd", operation) { work, size, integers, integerCount in
        unsafe Element.routines.lapack.syevd(
          letter(vectors ? "V" : "N"), letter("L"), n, a.base, n, values, work, size, integers,
          integerCount)
      }
      if status > 0 { throw .noConvergence(operation: operation, remaining: status) }
    }
  }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the eigendecomposition A = V diag(λ) Vᵀ of this symmetric matrix.
  ///
  /// Only the lower triangle is read. LAPACK's `syevd`.
  ///
  /// - Throws: ``FactorizationError/noConvergence(operation:remaining:)``, `notFinite` or `noMemory`.
  public borrowing func symmetricEigen() throws(FactorizationError) -> SymmetricEigen<Element> {
    try SymmetricEigen(view, "symmetricEigen")
  }

  /// Returns the eigenvalues of this symmetric matrix in ascending order, which is several times faster than
  /// ``symmetricEigen()``.
  ///
  /// Only the lower triangle is read. LAPACK's `syevd`.
  ///
  /// - Throws: ``FactorizationError/noConvergence(operation:remaining:)``, `notFinite` or `noMemory`.
  public borrowing func symmetricEigenvalues() throws(FactorizationError) -> [Element] {
    if OpenBLAS.corruptsSymmetricProducts(of: Element.self) {
      let copy = Matrix<Double>(converting: self)
      return try copy.symmetricEigenvalues().map { Element($0) }
    }
    var columns = Matrix(view.transpose)
    return try symmetricValues(&columns, vectors: false, "symmetricEigenvalues")
  }
}
