internal import CLangevinOpenBLAS
import LangevinKernels
import LangevinPreconditions
import LangevinThreading

/// The OpenBLAS library that this process has loaded.
public enum OpenBLAS {
  /// The name of the processor whose kernels OpenBLAS runs: its own choice, `OPENBLAS_CORETYPE`, or the choice
  /// of ``chooseCore``.
  package static var coreName: String {
    chooseCore
    return loadedCoreName
  }

  /// The name of the processor whose kernels OpenBLAS has chosen so far.
  static var loadedCoreName: String {
    guard let name = unsafe openblas_get_corename() else { return "unknown" }
    return unsafe String(cString: name)
  }

  /// The instruction set of the kernels that OpenBLAS runs, derived from ``coreName``.
  ///
  /// On a processor that it does not know, OpenBLAS falls back to kernels for SSE3, which are about eight
  /// times slower.
  package static let instructionSet = instructionSet(ofCore: coreName)

  /// Returns the instruction set of OpenBLAS' kernels for the processor `name`.
  static func instructionSet(ofCore name: String) -> InstructionSet {
    switch name.lowercased() {
    case "skylakex", "cooperlake", "sapphirerapids": .avx512
    case "haswell", "zen", "excavator": .avx2
    default: .baseline
    }
  }

  /// The problem with OpenBLAS' choice of kernels, with its remedy; nil if the kernels suit the processor.
  public static var problem: String? {
    problem(ofCore: coreName, available: Engine.availableInstructionSets)
  }

  /// Returns the problem with kernels for `core` on a processor that supports `available`.
  static func problem(ofCore core: String, available: [InstructionSet]) -> String? {
    guard let best = available.last, best > .baseline, instructionSet(ofCore: core) == .baseline
    else {
      return nil
    }
    return """
      OpenBLAS: its kernels for \(core) are slow on this processor; set \
      OPENBLAS_CORETYPE=\(best == .avx512 ? "SkylakeX" : "Haswell") in the environment, or install \
      an OpenBLAS that supports the processor
      """
  }

  /// The version of OpenBLAS and the options of its build.
  package static var configuration: String {
    guard let text = unsafe openblas_get_config() else { return "unknown" }
    return unsafe String(cString: text)
  }

  /// The number of threads that one product may use, a setting of the whole process.
  ///
  /// Raising it starts threads, which the system must grant.
  public static var threads: Int {
    get { Int(openblas_get_num_threads()) }
    set {
      require(newValue > 0, "OpenBLAS: the number of threads (\(newValue)) must be positive")
      openblas_set_num_threads(Int32(clamping: newValue))
    }
  }

  /// Runs `body` with one thread per product.
  ///
  /// Training and sampling use it because they have their own threads. Calls may overlap: the first sets the
  /// number of threads to one, and the last to return restores it.
  package static func withOneThread<R, E>(_ body: () throws(E) -> R) throws(E) -> R {
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

  /// Guards `calls` and `threadsBefore`.
  private static let lock = SystemMutex(misuse: "OpenBLAS: nested lock of the thread count")
  /// The number of calls of ``withOneThread(_:)`` that have not returned.
  nonisolated(unsafe) private static var calls = 0
  /// The number of threads before the first of these calls.
  nonisolated(unsafe) private static var threadsBefore = 1
}
