import CLangevinMachine
public import KernelTable
import KernelsBaseline
import LangevinPreconditions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

#if arch(x86_64)
import KernelsAVX2
import KernelsAVX512
#endif

/// The builds of the kernels that this processor can run, and the one in use.
public enum Kernels {
  /// The environment variable that names a lower level than the best one, for tests and
  /// comparisons: `baseline`, `avx2` or `avx512`.
  public static let environmentVariable = "LANGEVIN_KERNELS"

  /// The levels that this processor and operating system can run, in ascending order.
  public static let available: [KernelLevel] = KernelLevel.allCases.filter(isAvailable)

  // Asked once: each call of a kernel looks here.
  private static let runsAVX2 = langevin_cpu_runs_x86_64_v3()
  private static let runsAVX512 = langevin_cpu_runs_x86_64_v4()

  private static func isAvailable(_ level: KernelLevel) -> Bool {
    switch level {
    case .baseline: true
    case .avx2: runsAVX2
    case .avx512: runsAVX512
    }
  }

  /// The level in use unless a caller names another: the best available one, or what
  /// ``environmentVariable`` says. Decided at first use.
  public static let level: KernelLevel = requested.level ?? available.last ?? .baseline

  /// What is wrong with the value of ``environmentVariable``, which is then passed over; nil if
  /// nothing is.
  public static var environmentProblem: String? { requested.problem }

  private static let requested: (level: KernelLevel?, problem: String?) = {
    guard let value = unsafe getenv(environmentVariable) else { return (nil, nil) }
    let name = unsafe String(cString: value)
    if name.isEmpty { return (nil, nil) }
    if let level = KernelLevel(rawValue: name), available.contains(level) { return (level, nil) }
    let names = available.map(\.rawValue).joined(separator: ", ")
    return (
      nil, "\(environmentVariable)=\(name): this processor runs \(names); set one of these, or none"
    )
  }()

  /// The functions of `level`, which must be available.
  public static func table(_ level: KernelLevel) -> KernelTable {
    require(
      isAvailable(level), "kernel level \(level.rawValue): this processor cannot run it")
    switch level {
    case .baseline: return KernelsBaseline.kernels
    #if arch(x86_64)
    case .avx2: return KernelsAVX2.kernels
    case .avx512: return KernelsAVX512.kernels
    #else
    case .avx2, .avx512: return KernelsBaseline.kernels
    #endif
    }
  }
}
