internal import CLangevinLAPACKE
import LangevinPreconditions

/// An eigenvalue of a real matrix.
public struct Eigenvalue<Element: MatrixElement>: Sendable, Hashable {
  /// The real part.
  public let real: Element
  /// The imaginary part; 0 for a real eigenvalue.
  public let imaginary: Element

  /// Creates an eigenvalue from its parts.
  public init(real: Element, imaginary: Element = 0) {
    self.real = real
    self.imaginary = imaginary
  }

  /// The magnitude √(real² + imaginary²), computed without overflow of the squares.
  public var magnitude: Element {
    let (large, small) = (
      max(real.magnitude, imaginary.magnitude), min(real.magnitude, imaginary.magnitude)
    )
    if large == 0 { return 0 }
    let ratio = small / large
    return large * (1 + ratio * ratio).squareRoot()
  }
}

/// The eigenvalues and right eigenvectors of a general square matrix: A vⱼ = λⱼ vⱼ.
///
/// Complex eigenvalues come in conjugate pairs, the one with the positive imaginary part first. For symmetric
/// matrices, ``SymmetricEigen`` is faster and more accurate. LAPACK's `geev`.
public struct Eigen<Element: MatrixElement>: Sendable {
  /// The eigenvalues, in no particular order.
  public let values: [Eigenvalue<Element>]
  /// The vectors as LAPACK returns them: a real one in one column; the real and imaginary parts of the first
  /// vector of a pair in two columns.
  private let packed: Matrix<Element>

  /// Factors `matrix`; see ``MatrixOperand/eigen()``.
  init(_ matrix: borrowing MatrixView<Element>, _ operation: String) throws(FactorizationError) {
    var columns = Matrix<Element>(uninitializedRows: matrix.rows, columns: matrix.columns)
    let copy = Matrix(matrix.transpose)
    values = try columns.withMutableHandle { vectors throws(FactorizationError) in
      try formEigenvalues(copy, vectors: unsafe vectors.base, operation)
    }
    packed = Matrix(columns.view.transpose)
  }

  /// The number of rows and columns of A.
  public var order: Int { packed.rows }

  /// The real parts of the eigenvectors, n × n: column j belongs to `values[j]`. Vectors have the length 1,
  /// and their largest component is real.
  public var realVectors: Matrix<Element> {
    if values.allSatisfy({ $0.imaginary == 0 }) { return packed }
    var result = packed
    for j in values.indices where values[j].imaginary < 0 {
      for i in 0..<order { result[i, j] = packed[i, j - 1] }
    }
    return result
  }

  /// The imaginary parts of the eigenvectors, n × n.
  public var imaginaryVectors: Matrix<Element> {
    var result = Matrix<Element>(rows: order, columns: order)
    for j in values.indices where values[j].imaginary > 0 {
      for i in 0..<order {
        result[i, j] = packed[i, j + 1]
        result[i, j + 1] = -packed[i, j + 1]
      }
    }
    return result
  }

  /// The eigenvectors if all eigenvalues are real, n × n: column j belongs to `values[j]`; else nil.
  public var vectors: Matrix<Element>? {
    values.allSatisfy { $0.imaginary == 0 } ? packed : nil
  }
}

/// Returns the eigenvalues of the matrix whose columns are the rows of `columns`, and writes the columns of the
/// eigenvectors to the rows of a matrix at `vectors`.
@safe
private func formEigenvalues<Element: MatrixElement>(
  _ columns: consuming Matrix<Element>, vectors: UnsafeMutablePointer<Element>?,
  _ operation: String
) throws(FactorizationError) -> [Eigenvalue<Element>] {
  let order = columns.rows
  requireSquare(operation, columns.columns, order)
  if order == 0 { return [] }
  let n = lapackIndex(order)
  let parts = try Workspace<Element>(operation, elements: 2 * order)
  let (real, imaginary) = unsafe (parts.elements, parts.elements + order)
  try columns.withMutableHandle { a throws(FactorizationError) in
    try a.requireFinite(operation, isTransposed: true)
    let status = try callLAPACK("geev", operation) { work, size, _, _ in
      unsafe Element.routines.lapack.geev(
        letter("N"), letter(vectors == nil ? "N" : "V"), n, a.base, n, real, imaginary, nil, 1,
        vectors, n, work, size)
    }
    if status > 0 { throw .noConvergence(operation: operation, remaining: status) }
  }
  return unsafe eigenvalues(real, imaginary, order)
}

/// Returns eigenvalues from their parts.
func eigenvalues<Element: MatrixElement>(
  _ real: UnsafeMutablePointer<Element>, _ imaginary: UnsafeMutablePointer<Element>, _ count: Int
) -> [Eigenvalue<Element>] {
  (0..<count).map { unsafe Eigenvalue(real: real[$0], imaginary: imaginary[$0]) }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the eigenvalues and right eigenvectors of this square matrix. LAPACK's `geev`.
  ///
  /// - Throws: ``FactorizationError/noConvergence(operation:remaining:)``, `notFinite` or `noMemory`.
  public borrowing func eigen() throws(FactorizationError) -> Eigen<Element> {
    try Eigen(view, "eigen")
  }

  /// Returns the eigenvalues of this square matrix, in no particular order, which is several times faster than
  /// ``eigen()``. LAPACK's `geev`.
  ///
  /// - Throws: ``FactorizationError/noConvergence(operation:remaining:)``, `notFinite` or `noMemory`.
  public borrowing func eigenvalues() throws(FactorizationError) -> [Eigenvalue<Element>] {
    try formEigenvalues(Matrix(view.transpose), vectors: nil, "eigenvalues")
  }
}
