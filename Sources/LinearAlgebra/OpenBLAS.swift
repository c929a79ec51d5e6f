internal import CLangevinOpenBLAS
import LangevinKernels
import LangevinPreconditions
import LangevinThreading

/// The OpenBLAS library that this process has loaded.
public enum OpenBLAS {
  /// The processor whose kernels it runs: its own choice, or that of `OPENBLAS_CORETYPE`.
  public static var coreName: String {
    guard let name = unsafe openblas_get_corename() else { return "unknown" }
    return unsafe String(cString: name)
  }

  /// The instruction set of the kernels it runs, by the name of their processor.
  ///
  /// OpenBLAS falls back to kernels for SSE3, some eight times slower, on a processor that is newer
  /// than itself.
  public static let instructionSet = instructionSet(ofCore: coreName)

  /// The instruction set of the kernels that OpenBLAS has for a processor of this name.
  static func instructionSet(ofCore name: String) -> InstructionSet {
    switch name.lowercased() {
    case "skylakex", "cooperlake", "sapphirerapids": .avx512
    case "haswell", "zen", "excavator": .avx2
    default: .baseline
    }
  }

  /// What is wrong with OpenBLAS' choice of kernels, and what to do; nil if it uses what the
  /// processor has.
  public static var problem: String? {
    problem(ofCore: coreName, available: Engine.availableInstructionSets)
  }

  /// The same of kernels for `core` on a processor that runs those of the levels `available`.
  static func problem(ofCore core: String, available: [InstructionSet]) -> String? {
    guard let best = available.last, best > .baseline, instructionSet(ofCore: core) == .baseline
    else {
      return nil
    }
    return """
      OpenBLAS runs its kernels for \(core), which are slow on this processor; set \
      OPENBLAS_CORETYPE=\(best == .avx512 ? "SkylakeX" : "Haswell") in the environment, or install an \
      OpenBLAS that knows the processor
      """
  }

  /// How it was built, with its version.
  public static var configuration: String {
    guard let text = unsafe openblas_get_config() else { return "unknown" }
    return unsafe String(cString: text)
  }

  /// How many threads one product may use. This is a property of the whole process; a larger number starts
  /// threads, which the system must grant.
  public static var threads: Int {
    get { Int(openblas_get_num_threads()) }
    set {
      require(newValue > 0, "OpenBLAS: \(newValue) is not a number of threads")
      openblas_set_num_threads(Int32(clamping: newValue))
    }
  }

  /// Runs `body` with one thread a product, as do training and sampling, which spread work over
  /// threads of their own.
  ///
  /// Calls may overlap: the last one that returns puts the number back that the first one found.
  public static func withOneThread<R, E>(_ body: () throws(E) -> R) throws(E) -> R {
    lock.withLock {
      if unsafe calls == 0 {
        unsafe threadsBefore = threads
        if unsafe threadsBefore != 1 { threads = 1 }
      }
      unsafe calls += 1
    }
    defer {
      lock.withLock {
        unsafe calls -= 1
        if unsafe calls == 0 && threadsBefore != 1 { unsafe threads = threadsBefore }
      }
    }
    return try body()
  }

  /// Guards the two below.
  private static let lock = SystemMutex(misuse: "OpenBLAS: the number of threads is being set")
  /// How many calls of ``withOneThread(_:)`` have not returned.
  nonisolated(unsafe) private static var calls = 0
  /// What the first of them found.
  nonisolated(unsafe) private static var threadsBefore = 1
}

extension MatrixHandle {
  /// `self = alpha op(a) op(b) + beta self`, by `cblas_sgemm`. Shapes have been checked.
  ///
  /// The benchmark calls it, too, to see what all around it costs.
  package func formProductWithOpenBLAS(
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
      requirementFailure("OpenBLAS: a dimension of \(value) is more than its integers count")
    }
    return index
  }
}
