#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension OpenBLAS {
  /// Makes OpenBLAS use kernels for this processor if it does not know the processor. Runs once.
  ///
  /// OpenBLAS chooses kernels by the processor's model number when it is loaded. For a model that is newer than
  /// the library, it falls back to kernels for SSE3, which are up to ten times slower. Its function
  /// `gotoblas_dynamic_init` chooses again, and reads `OPENBLAS_CORETYPE`.
  ///
  /// Does nothing if that variable is set, if OpenBLAS' kernels use vectors of at least 256 bits already, or if
  /// OpenBLAS was built for a single processor.
  static let chooseCore: Void = {
    guard unsafe getenv(coreVariable) == nil, let best = Engine.availableInstructionSets.last,
      best > .baseline, loadedInstructionSet == .baseline,
      let forget = function("gotoblas_dynamic_quit"),
      let choose = function("gotoblas_dynamic_init")
    else { return }
    for core in best == .avx512 ? ["SkylakeX", "Haswell"] : ["Haswell"] {
      unsafe setenv(coreVariable, core, 1)
      forget()
      choose()
      unsafe unsetenv(coreVariable)
      if instructionSet(ofCore: loadedCoreName) > .baseline { return }
    }
  }()

  /// The instruction set of the kernels that OpenBLAS chose when it was loaded.
  static let loadedInstructionSet = instructionSet(ofCore: loadedCoreName)

  private static let coreVariable = "OPENBLAS_CORETYPE"

  /// Returns the function `name` of the loaded OpenBLAS; nil if it has none.
  private static func function(_ name: String) -> (@convention(c) () -> Void)? {
    // `RTLD_DEFAULT`, a cast in C, is nil on Linux.
    guard let address = unsafe dlsym(nil, name) else { return nil }
    return unsafe unsafeBitCast(address, to: (@convention(c) () -> Void).self)
  }
}
