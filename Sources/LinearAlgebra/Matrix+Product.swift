import LangevinKernels
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
    _ a: Matrix, _ b: Matrix, transposeA: Bool = false, transposeB: Bool = false,
    alpha: Float = 1, engine: Engine = .current
  ) -> Matrix {
    var result = Matrix(
      uninitializedRows: transposeA ? a.columns : a.rows,
      columns: transposeB ? b.rows : b.columns)
    result.formProduct(
      a, b, transposeA: transposeA, transposeB: transposeB, alpha: alpha, engine: engine)
    return result
  }

  /// Replaces the elements by `alpha op(a) op(b) + beta self`, in place.
  ///
  /// `op` transposes its matrix if so requested. With `beta == 0` the old elements are not read, so they
  /// may be NaN.
  public mutating func formProduct(
    _ a: Matrix, _ b: Matrix, transposeA: Bool = false, transposeB: Bool = false,
    alpha: Float = 1, beta: Float = 0, engine: Engine = .current
  ) {
    withMutableHandle { result in
      a.withHandle { a in
        b.withHandle { b in
          result.formProduct(
            a, b, transposeA: transposeA, transposeB: transposeB, alpha: alpha, beta: beta,
            engine: engine)
        }
      }
    }
  }

  /// Returns the matrix product `a b`, computed by ``Engine/current``.
  public static func * (a: Matrix, b: Matrix) -> Matrix { product(a, b) }

  /// Returns the product, computed by its definition in `Double`: a slow reference for the other products.
  public static func naiveProduct(
    _ a: Matrix, _ b: Matrix, transposeA: Bool = false, transposeB: Bool = false, alpha: Float = 1
  ) -> Matrix {
    let (outer, inner) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (innerB, width) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    require(
      inner == innerB, "naiveProduct: inner dimensions \(inner) and \(innerB) differ")
    var result = Matrix(rows: outer, columns: width)
    result.withMutableHandle { result in
      a.withHandle { a in
        b.withHandle { b in
          unsafe multiplyNaively(
            transposeA: transposeA, transposeB: transposeB, rows: outer, columns: width,
            inner: inner, alpha: alpha, a: a.base, strideA: a.stride, b: b.base,
            strideB: b.stride, beta: 0, c: result.base, strideC: result.stride)
        }
      }
    }
    return result
  }
}
