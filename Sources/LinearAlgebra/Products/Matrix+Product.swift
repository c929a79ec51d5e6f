import CLangevinOpenBLAS
import LangevinKernelTable
import LangevinPreconditions

extension Matrix {
  /// Returns `alpha op(a) op(b)`, where `op` transposes its matrix if so requested.
  ///
  /// - Parameters:
  ///   - a: The left matrix; `op(a)` is rows × inner.
  ///   - b: The right matrix; `op(b)` is inner × columns.
  ///   - transposeA: Whether `op(a)` is the transpose of `a`.
  ///   - transposeB: Whether `op(b)` is the transpose of `b`.
  ///   - alpha: The factor of the product.
  ///   - engine: The implementation of the product.
  public static func product(
    _ a: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable,
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable,
    transposeA: Bool = false, transposeB: Bool = false, alpha: Element = 1,
    engine: Engine = .current
  ) -> Matrix {
    let (viewA, viewB) = (a.view, b.view)
    return (transposeA ? viewA.transpose : viewA).product(
      transposeB ? viewB.transpose : viewB, alpha, engine)
  }

  /// Replaces the elements by `alpha op(a) op(b) + beta self`, in place.
  ///
  /// `op` transposes its matrix if so requested. With `beta == 0` the old elements are not read, so they
  /// may be NaN.
  public mutating func formProduct(
    _ a: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable,
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable,
    transposeA: Bool = false, transposeB: Bool = false, alpha: Element = 1, beta: Element = 0,
    engine: Engine = .current
  ) {
    let (viewA, viewB) = (a.view, b.view)
    let factors = (transposeA ? viewA.transpose : viewA, transposeB ? viewB.transpose : viewB)
    let engine = engine.ofWholeMatrices(rows: rows, columns: columns, inner: factors.0.columns)
    withMutableHandle { result in
      result.formProduct(factors.0, factors.1, alpha: alpha, beta: beta, engine: engine)
    }
  }

  /// Adds `alpha a b` to `beta self`, in place.
  public mutating func addProduct(
    _ a: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable,
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable,
    alpha: Element = 1, beta: Element = 1
  ) { formProduct(a, b, alpha: alpha, beta: beta) }

  /// Returns the product, computed by its definition in `Double`: a slow reference for the other products.
  public static func naiveProduct(
    _ a: Matrix, _ b: Matrix, transposeA: Bool = false, transposeB: Bool = false,
    alpha: Element = 1
  ) -> Matrix {
    let (outer, inner) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (innerB, width) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    require(
      inner == innerB, "naiveProduct: inner dimensions \(inner) and \(innerB) differ")
    var result = Matrix(rows: outer, columns: width)
    result.withMutableHandle { result in
      a.withHandle { a in
        b.withHandle { b in
          result.formProductNaively(
            a, b, transposeA: transposeA, transposeB: transposeB, alpha: alpha, beta: 0)
        }
      }
    }
    return result
  }

  /// Returns the outer product `u vᵀ`: element (i, j) is u[i] v[j].
  public static func outer(_ u: [Element], _ v: [Element]) -> Matrix {
    product(Matrix(column: u), Matrix(row: v))
  }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the matrix product `a b`, computed by ``Engine/current``.
  public static func * (
    a: borrowing Self, b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Matrix<Element> { Matrix<Element>.product(a, b) }

  /// Returns the product of `a` and the column `x`.
  public static func * (a: borrowing Self, x: [Element]) -> [Element] {
    require(
      x.count == a.columns, "product: \(a.shapeDescription) times a vector of \(x.count) elements")
    return a.view.times(x)
  }

  /// Returns the product of the row `x` and `a`.
  public static func * (x: [Element], a: borrowing Self) -> [Element] {
    require(
      x.count == a.rows, "product: a vector of \(x.count) elements times \(a.shapeDescription)")
    return a.view.transpose.times(x)
  }

  /// Returns Σ x y over all elements x and the elements y of `other`, added as ``sum`` is.
  public func dot(
    _ other: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) -> Double {
    requireSameShape("dot", self, other)
    let kernel = unsafe Engine.current.kernels(of: Element.self).dot
    let (x, y) = (view, other.view)
    return x.withContiguous { x in
      y.withContiguous { y in unsafe kernel(x.count, x.base, y.base) }
    }
  }
}

extension MatrixView {
  /// Returns `alpha` times the product of this matrix and `other`.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  fileprivate func product(
    _ other: MatrixView, _ alpha: Element, _ engine: Engine
  ) -> Matrix<Element> {
    let result = Matrix<Element>(uninitializedRows: rows, columns: other.columns)
    let engine = engine.ofWholeMatrices(rows: rows, columns: other.columns, inner: columns)
    result.withHandle { $0.formProduct(self, other, alpha: alpha, beta: 0, engine: engine) }
    return result
  }

  /// Returns the product of this matrix and the column `x`.
  fileprivate func times(_ x: [Element]) -> [Element] {
    if rows == 0 { return [] }
    if columns == 0 { return [Element](repeating: 0, count: rows) }
    return withFactor { a, isTransposed in
      unsafe [Element](unsafeUninitializedCapacity: rows) { y, count in
        count = rows
        unsafe x.withUnsafeBufferPointer { x in
          let done: Void? = OpenBLAS.whereMemoryAllows {
            unsafe Element.routines.blas.gemv(
              CblasRowMajor, isTransposed ? CblasTrans : CblasNoTrans, blasIndex(a.rows),
              blasIndex(a.columns), 1, a.base, blasIndex(max(1, a.stride)), x.baseAddress, 1, 0,
              y.baseAddress, 1)
          }
          if done != nil { return }
          guard let x = x.baseAddress, let y = y.baseAddress else { return }
          let column = unsafe MatrixHandle(
            base: UnsafeMutablePointer(mutating: x), rows: columns, columns: 1, stride: 1)
          unsafe MatrixHandle(base: y, rows: rows, columns: 1, stride: 1).formProductNaively(
            a, column, transposeA: isTransposed, transposeB: false, alpha: 1, beta: 0)
        }
      }
    }
  }
}
