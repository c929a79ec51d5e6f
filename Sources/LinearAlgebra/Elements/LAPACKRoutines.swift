internal import CLangevinLAPACKE

/// The routines of LAPACK for one type of elements, under their names without the letter of the type.
///
/// All matrices are column-major. LAPACKE's functions with workspace call LAPACK directly for them: they
/// neither copy nor look for NaN. Arguments are those of LAPACK, and the result is `info`.
@safe
struct LAPACKRoutines<Element: MatrixElement>: Sendable {
  typealias Input = UnsafePointer<Element>?
  typealias Output = UnsafeMutablePointer<Element>?
  /// Integers that a routine writes.
  typealias Integers = UnsafeMutablePointer<LAPACKInteger>?
  /// Integers that a routine reads.
  typealias Pivots = UnsafePointer<LAPACKInteger>?

  /// The Cholesky factor of a symmetric matrix.
  let potrf:
    @Sendable (
      CChar, LAPACKInteger, Output, LAPACKInteger
    ) -> LAPACKInteger
  /// The solution of a system by its Cholesky factor.
  let potrs:
    @Sendable (
      CChar, LAPACKInteger, LAPACKInteger, Input, LAPACKInteger, Output, LAPACKInteger
    ) -> LAPACKInteger
  /// The inverse by the Cholesky factor.
  let potri:
    @Sendable (
      CChar, LAPACKInteger, Output, LAPACKInteger
    ) -> LAPACKInteger
  /// The reciprocal condition number by the Cholesky factor.
  let pocon:
    @Sendable (
      CChar, LAPACKInteger, Input, LAPACKInteger, Element, Output, Output, Integers
    ) -> LAPACKInteger
  /// P A = L U with partial pivoting.
  let getrf:
    @Sendable (
      LAPACKInteger, LAPACKInteger, Output, LAPACKInteger, Integers
    ) -> LAPACKInteger
  /// The solution of a system by L and U.
  let getrs:
    @Sendable (
      CChar, LAPACKInteger, LAPACKInteger, Input, LAPACKInteger, Pivots, Output, LAPACKInteger
    ) -> LAPACKInteger
  /// The inverse by L and U.
  let getri:
    @Sendable (
      LAPACKInteger, Output, LAPACKInteger, Pivots, Output, LAPACKInteger
    ) -> LAPACKInteger
  /// The reciprocal condition number by L and U.
  let gecon:
    @Sendable (
      CChar, LAPACKInteger, Input, LAPACKInteger, Element, Output, Output, Integers
    ) -> LAPACKInteger
  /// A = Q R.
  let geqrf:
    @Sendable (
      LAPACKInteger, LAPACKInteger, Output, LAPACKInteger, Output, Output, LAPACKInteger
    ) -> LAPACKInteger
  /// A P = Q R with column pivoting.
  let geqp3:
    @Sendable (
      LAPACKInteger, LAPACKInteger, Output, LAPACKInteger, Integers, Output, Output,
      LAPACKInteger
    ) -> LAPACKInteger
  /// The columns of Q.
  let orgqr:
    @Sendable (
      LAPACKInteger, LAPACKInteger, LAPACKInteger, Output, LAPACKInteger, Input, Output,
      LAPACKInteger
    ) -> LAPACKInteger
  /// The product of Q or its transpose with a matrix.
  let ormqr:
    @Sendable (
      CChar, CChar, LAPACKInteger, LAPACKInteger, LAPACKInteger, Input, LAPACKInteger, Input,
      Output, LAPACKInteger, Output, LAPACKInteger
    ) -> LAPACKInteger
  /// The solution of a triangular system.
  let trtrs:
    @Sendable (
      CChar, CChar, CChar, LAPACKInteger, LAPACKInteger, Input, LAPACKInteger, Output,
      LAPACKInteger
    ) -> LAPACKInteger
  /// The reciprocal condition number of a triangular matrix.
  let trcon:
    @Sendable (
      CChar, CChar, CChar, LAPACKInteger, Input, LAPACKInteger, Output, Output, Integers
    ) -> LAPACKInteger
  /// The factorization L D Lᵀ of a symmetric matrix.
  let sytrf:
    @Sendable (
      CChar, LAPACKInteger, Output, LAPACKInteger, Integers, Output, LAPACKInteger
    ) -> LAPACKInteger
  /// The solution of a system by L and D, one right side at a time.
  let sytrs:
    @Sendable (
      CChar, LAPACKInteger, LAPACKInteger, Input, LAPACKInteger, Pivots, Output, LAPACKInteger
    ) -> LAPACKInteger
  /// The solution of a system by L and D, in blocks. It changes the factors and restores them.
  let sytrs2:
    @Sendable (
      CChar, LAPACKInteger, LAPACKInteger, Output, LAPACKInteger, Pivots, Output, LAPACKInteger,
      Output
    ) -> LAPACKInteger
  /// The inverse by L and D.
  let sytri2:
    @Sendable (
      CChar, LAPACKInteger, Output, LAPACKInteger, Pivots, Output, LAPACKInteger
    ) -> LAPACKInteger
  /// The reciprocal condition number by L and D.
  let sycon:
    @Sendable (
      CChar, LAPACKInteger, Input, LAPACKInteger, Pivots, Element, Output, Output, Integers
    ) -> LAPACKInteger
  /// The singular value decomposition by divide and conquer.
  let gesdd:
    @Sendable (
      CChar, LAPACKInteger, LAPACKInteger, Output, LAPACKInteger, Output, Output, LAPACKInteger,
      Output, LAPACKInteger, Output, LAPACKInteger, Integers
    ) -> LAPACKInteger
  /// The least-squares solution of minimum norm by the singular value decomposition.
  let gelsd:
    @Sendable (
      LAPACKInteger, LAPACKInteger, LAPACKInteger, Output, LAPACKInteger, Output, LAPACKInteger,
      Output, Element, Integers, Output, LAPACKInteger, Integers
    ) -> LAPACKInteger
  /// The eigendecomposition of a symmetric matrix by divide and conquer.
  let syevd:
    @Sendable (
      CChar, CChar, LAPACKInteger, Output, LAPACKInteger, Output, Output, LAPACKInteger,
      Integers, LAPACKInteger
    ) -> LAPACKInteger
  /// The eigenvalues and eigenvectors of a general matrix.
  let geev:
    @Sendable (
      CChar, CChar, LAPACKInteger, Output, LAPACKInteger, Output, Output, Output, LAPACKInteger,
      Output, LAPACKInteger, Output, LAPACKInteger
    ) -> LAPACKInteger
  /// The real Schur form, in the order of the QR iteration.
  let gees:
    @Sendable (
      CChar, LAPACKInteger, Output, LAPACKInteger, Integers, Output, Output, Output,
      LAPACKInteger, Output, LAPACKInteger
    ) -> LAPACKInteger
}

extension LAPACKRoutines<Float> {
  static let floats = unsafe LAPACKRoutines(
    potrf: { unsafe LAPACKE_spotrf_work(LAPACK_COL_MAJOR, $0, $1, $2, $3) },
    potrs: { unsafe LAPACKE_spotrs_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6) },
    potri: { unsafe LAPACKE_spotri_work(LAPACK_COL_MAJOR, $0, $1, $2, $3) },
    pocon: { unsafe LAPACKE_spocon_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7) },
    getrf: { unsafe LAPACKE_sgetrf_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4) },
    getrs: { unsafe LAPACKE_sgetrs_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7) },
    getri: { unsafe LAPACKE_sgetri_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5) },
    gecon: { unsafe LAPACKE_sgecon_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7) },
    geqrf: { unsafe LAPACKE_sgeqrf_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6) },
    geqp3: { unsafe LAPACKE_sgeqp3_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7) },
    orgqr: { unsafe LAPACKE_sorgqr_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7) },
    ormqr: {
      unsafe LAPACKE_sormqr_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    },
    trtrs: { unsafe LAPACKE_strtrs_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8) },
    trcon: { unsafe LAPACKE_strcon_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8) },
    sytrf: { unsafe LAPACKE_ssytrf_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6) },
    sytrs: { unsafe LAPACKE_ssytrs_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7) },
    sytrs2: { unsafe LAPACKE_ssytrs2_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8) },
    sytri2: { unsafe LAPACKE_ssytri2_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6) },
    sycon: { unsafe LAPACKE_ssycon_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8) },
    gesdd: {
      unsafe LAPACKE_sgesdd_work(
        LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    },
    gelsd: {
      unsafe LAPACKE_sgelsd_work(
        LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    },
    syevd: { unsafe LAPACKE_ssyevd_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8, $9) },
    geev: {
      unsafe LAPACKE_sgeev_work(
        LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    },
    gees: {
      unsafe LAPACKE_sgees_work(
        LAPACK_COL_MAJOR, $0, letter("N"), nil, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, nil)
    })
}

extension LAPACKRoutines<Double> {
  static let doubles = unsafe LAPACKRoutines(
    potrf: { unsafe LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, $0, $1, $2, $3) },
    potrs: { unsafe LAPACKE_dpotrs_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6) },
    potri: { unsafe LAPACKE_dpotri_work(LAPACK_COL_MAJOR, $0, $1, $2, $3) },
    pocon: { unsafe LAPACKE_dpocon_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7) },
    getrf: { unsafe LAPACKE_dgetrf_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4) },
    getrs: { unsafe LAPACKE_dgetrs_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7) },
    getri: { unsafe LAPACKE_dgetri_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5) },
    gecon: { unsafe LAPACKE_dgecon_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7) },
    geqrf: { unsafe LAPACKE_dgeqrf_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6) },
    geqp3: { unsafe LAPACKE_dgeqp3_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7) },
    orgqr: { unsafe LAPACKE_dorgqr_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7) },
    ormqr: {
      unsafe LAPACKE_dormqr_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    },
    trtrs: { unsafe LAPACKE_dtrtrs_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8) },
    trcon: { unsafe LAPACKE_dtrcon_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8) },
    sytrf: { unsafe LAPACKE_dsytrf_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6) },
    sytrs: { unsafe LAPACKE_dsytrs_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7) },
    sytrs2: { unsafe LAPACKE_dsytrs2_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8) },
    sytri2: { unsafe LAPACKE_dsytri2_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6) },
    sycon: { unsafe LAPACKE_dsycon_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8) },
    gesdd: {
      unsafe LAPACKE_dgesdd_work(
        LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    },
    gelsd: {
      unsafe LAPACKE_dgelsd_work(
        LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    },
    syevd: { unsafe LAPACKE_dsyevd_work(LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8, $9) },
    geev: {
      unsafe LAPACKE_dgeev_work(
        LAPACK_COL_MAJOR, $0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    },
    gees: {
      unsafe LAPACKE_dgees_work(
        LAPACK_COL_MAJOR, $0, letter("N"), nil, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, nil)
    })
}
