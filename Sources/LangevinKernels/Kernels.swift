import CLangevinMachine
package import LangevinKernelTable
import LangevinKernelsBaseline
import LangevinPreconditions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

// A build of the kernels is in the program if its trait is enabled (Package.swift). Debug builds have
// the module, but leave out what is in it.
#if canImport(LangevinKernelsAVX2) && AVX2 && !KERNELS_OMITTED
import LangevinKernelsAVX2
#endif
#if canImport(LangevinKernelsAVX512) && AVX512 && !KERNELS_OMITTED
import LangevinKernelsAVX512
#endif

/// The builds of the kernels that this processor can run, and the one in use.
package enum Kernels {
  /// The environment variable that names a lower level than the best one, for tests and
  /// comparisons: `baseline`, `avx2` or `avx512`.
  package static let environmentVariable = "LANGEVIN_KERNELS"

  /// The builds that are in this program and that the processor and operating system can run, in
  /// ascending order.
  package static let available: [KernelLevel] = KernelLevel.allCases.filter {
    table(ofAny: $0) != nil
  }

  // Read once, since each call of a kernel needs them.
  private static let runsAVX2 = langevin_cpu_runs_x86_64_v3()
  private static let runsAVX512 = langevin_cpu_runs_x86_64_v4()

  /// The functions of `level`; nil if this program or processor does not have it.
  private static func table(ofAny level: KernelLevel) -> KernelTable? {
    switch level {
    case .baseline: return LangevinKernelsBaseline.kernels
    case .avx2:
      #if canImport(LangevinKernelsAVX2) && AVX2 && !KERNELS_OMITTED
      return runsAVX2 ? LangevinKernelsAVX2.kernels : nil
      #else
      return nil
      #endif
    case .avx512:
      #if canImport(LangevinKernelsAVX512) && AVX512 && !KERNELS_OMITTED
      return runsAVX512 ? LangevinKernelsAVX512.kernels : nil
      #else
      return nil
      #endif
    }
  }

  /// The level in use unless a caller names another: the best available one, or what
  /// ``environmentVariable`` says. Decided at first use.
  package static let level: KernelLevel = requested.level ?? available.last ?? .baseline

  /// What is wrong with the value of ``environmentVariable``, which is then passed over; nil if
  /// nothing is.
  package static var environmentProblem: String? { requested.problem }

  private static let requested: (level: KernelLevel?, problem: String?) = {
    guard let value = unsafe getenv(environmentVariable) else { return (nil, nil) }
    let name = unsafe String(cString: value)
    if name.isEmpty { return (nil, nil) }
    if let level = KernelLevel(rawValue: name), available.contains(level) { return (level, nil) }
    let names = available.map(\.rawValue).joined(separator: ", ")
    return (
      nil,
      "\(environmentVariable)=\(name): not in this build or processor; set \(names), or nothing"
    )
  }()

  /// The functions of `level`, which must be one of ``available``.
  package static func table(_ level: KernelLevel) -> KernelTable {
    guard let table = table(ofAny: level) else {
      requirementFailure(
        "kernels: \(level.rawValue) is not in this build, or not in this processor")
    }
    return table
  }
}
