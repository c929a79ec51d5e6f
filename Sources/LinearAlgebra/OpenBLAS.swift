internal import COpenBLAS
import Synchronization

/// The OpenBLAS library that this process has loaded.
public enum OpenBLAS {
  /// The processor whose kernels it runs: its own choice, or that of `OPENBLAS_CORETYPE`.
  public static var coreName: String {
    guard let name = unsafe openblas_get_corename() else { return "unknown" }
    return unsafe String(cString: name)
  }

  /// How it was built, with its version.
  public static var configuration: String {
    guard let text = unsafe openblas_get_config() else { return "unknown" }
    return unsafe String(cString: text)
  }

  /// How many threads one product may use. This is a property of the whole process.
  public static var threads: Int {
    get { Int(openblas_get_num_threads()) }
    set {
      precondition(newValue > 0, "OpenBLAS: \(newValue) is not a number of threads")
      openblas_set_num_threads(Int32(clamping: newValue))
    }
  }

  /// Runs `body` with one thread a product, as do training and sampling, which spread work over
  /// threads of their own.
  ///
  /// Calls may overlap: the last one that returns puts the number back that the first one found.
  public static func withOneThread<R, E>(_ body: () throws(E) -> R) throws(E) -> R {
    oneThread.withLock { calls in
      if calls.count == 0 {
        calls.threadsBefore = threads
        if calls.threadsBefore != 1 { threads = 1 }
      }
      calls.count += 1
    }
    defer {
      oneThread.withLock { calls in
        calls.count -= 1
        if calls.count == 0 && calls.threadsBefore != 1 { threads = calls.threadsBefore }
      }
    }
    return try body()
  }

  /// How many calls of ``withOneThread(_:)`` have not returned.
  private static let oneThread = Mutex((count: 0, threadsBefore: 1))
}

extension MatrixHandle {
  /// `self = alpha op(a) op(b) + beta self`, by `cblas_sgemm`. Shapes have been checked.
  func formProductWithOpenBLAS(
    _ a: MatrixHandle, _ b: MatrixHandle, transposeA: Bool, transposeB: Bool,
    alpha: Float, beta: Float
  ) {
    let inner = transposeA ? a.rows : a.columns
    unsafe cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      index(rows), index(columns), index(inner), alpha, a.base, index(max(1, a.stride)),
      b.base, index(max(1, b.stride)), beta, base, index(max(1, stride)))
  }

  private func index(_ value: Int) -> blasint {
    guard let index = blasint(exactly: value) else {
      preconditionFailure("OpenBLAS: a dimension of \(value) is more than its integers count")
    }
    return index
  }
}
