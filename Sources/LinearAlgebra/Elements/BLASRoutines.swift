internal import CLangevinOpenBLAS
import LangevinPreconditions

/// The routines of BLAS for one type of elements, under their names without the letter of the type.
@safe
struct BLASRoutines<Element: MatrixElement>: Sendable {
  typealias Input = UnsafePointer<Element>?
  typealias Output = UnsafeMutablePointer<Element>?

  /// C = α op(A) op(B) + β C.
  let gemm:
    @Sendable (
      CBLAS_ORDER, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE, blasint, blasint, blasint, Element, Input,
      blasint, Input, blasint, Element, Output, blasint
    ) -> Void
  /// y = α op(A) x + β y.
  let gemv:
    @Sendable (
      CBLAS_ORDER, CBLAS_TRANSPOSE, blasint, blasint, Element, Input, blasint, Input, blasint,
      Element, Output, blasint
    ) -> Void
  /// B = α op(A)⁻¹ B or α B op(A)⁻¹ for a triangular A.
  let trsm:
    @Sendable (
      CBLAS_ORDER, CBLAS_SIDE, CBLAS_UPLO, CBLAS_TRANSPOSE, CBLAS_DIAG, blasint, blasint, Element,
      Input, blasint, Output, blasint
    ) -> Void
}

extension BLASRoutines<Float> {
  static let floats = unsafe BLASRoutines(
    gemm: { unsafe cblas_sgemm($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) },
    gemv: { unsafe cblas_sgemv($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) },
    trsm: { unsafe cblas_strsm($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) })
}

extension BLASRoutines<Double> {
  static let doubles = unsafe BLASRoutines(
    gemm: { unsafe cblas_dgemm($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) },
    gemv: { unsafe cblas_dgemv($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) },
    trsm: { unsafe cblas_dtrsm($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) })
}

/// Returns `value` as an integer of BLAS; stops the program if it is too large.
func blasIndex(_ value: Int) -> blasint {
  guard let index = blasint(exactly: value) else {
    requirementFailure("OpenBLAS: a dimension of \(value) overflows its integers")
  }
  return index
}
