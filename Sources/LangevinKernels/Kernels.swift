import CLangevinMachine
import LangevinDoubleKernelsBaseline
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

// The program contains a build of the kernels if its trait, or `AVX`, is enabled (Package.swift). In debug
// builds the modules exist but are empty.
#if canImport(LangevinKernelsAVX2) && (AVX || AVX2) && !KERNELS_OMITTED
import LangevinDoubleKernelsAVX2
import LangevinKernelsAVX2
#endif
#if canImport(LangevinKernelsAVX512) && (AVX || AVX512) && !KERNELS_OMITTED
import LangevinDoubleKernelsAVX512
import LangevinKernelsAVX512
#endif

/// The builds of the kernels that this processor can run, and the default one.
package enum Kernels {
  /// The environment variable that selects a level other than the best one, for tests and comparisons.
  ///
  /// Its values are `baseline`, `avx2` and `avx512`.
  package static let environmentVariable = "LANGEVIN_KERNELS"

  /// The levels in this program that the processor and operating system support, in ascending order.
  package static let available: [KernelLevel] = KernelLevel.allCases.filter {
    table(ofAny: $0) != nil
  }

  // Stored because each call of a kernel needs them.
  private static let runsAVX2 = langevin_cpu_runs_x86_64_v3()
  private static let runsAVX512 = langevin_cpu_runs_x86_64_v4()

  /// Returns the kernels of `level`; nil if this program or processor does not have them.
  private static func table(ofAny level: KernelLevel) -> KernelTable? {
    switch level {
    case .baseline: return LangevinKernelsBaseline.kernels
    case .avx2:
      #if canImport(LangevinKernelsAVX2) && (AVX || AVX2) && !KERNELS_OMITTED
      return runsAVX2 ? LangevinKernelsAVX2.kernels : nil
      #else
      return nil
      #endif
    case .avx512:
      #if canImport(LangevinKernelsAVX512) && (AVX || AVX512) && !KERNELS_OMITTED
      return runsAVX512 ? LangevinKernelsAVX512.kernels : nil
      #else
      return nil
      #endif
    }
  }

  /// The default level: the one that ``environmentVariable`` names, or else the best available one.
  ///
  /// It is chosen at first use.
  package static let level: KernelLevel = requested.level ?? available.last ?? .baseline

  /// The problem with the value of ``environmentVariable``, which is then ignored; nil if it is valid.
  package static var environmentProblem: String? { requested.problem }

  private static let requested: (level: KernelLevel?, problem: String?) = {
    guard let value = unsafe getenv(environmentVariable) else { return (nil, nil) }
    let name = unsafe String(cString: value)
    if name.isEmpty { return (nil, nil) }
    if let level = KernelLevel(rawValue: name), available.contains(level) { return (level, nil) }
    let names = available.map(\.rawValue).joined(separator: ", ")
    return (
      nil,
      "\(environmentVariable)=\(name): not in this build or processor; set \(names), or unset it"
    )
  }()

  /// Returns the kernels of `level`, which must be one of ``available``.
  package static func table(_ level: KernelLevel) -> KernelTable {
    guard let table = table(ofAny: level) else { missing(level) }
    return table
  }

  /// The kernels of one type of elements; nil if this program or processor does not have the level.
  private typealias Levels = (
    baseline: ElementKernels, avx2: ElementKernels?, avx512: ElementKernels?
  )

  // Stored because each operation on matrices needs them.
  private static let levelsOfFloat: Levels = {
    var levels = Levels(LangevinKernelsBaseline.elementKernels, nil, nil)
    #if canImport(LangevinKernelsAVX2) && (AVX || AVX2) && !KERNELS_OMITTED
    if runsAVX2 { levels.avx2 = LangevinKernelsAVX2.elementKernels }
    #endif
    #if canImport(LangevinKernelsAVX512) && (AVX || AVX512) && !KERNELS_OMITTED
    if runsAVX512 { levels.avx512 = LangevinKernelsAVX512.elementKernels }
    #endif
    return levels
  }()

  private static let levelsOfDouble: Levels = {
    var levels = Levels(LangevinDoubleKernelsBaseline.elementKernels, nil, nil)
    #if canImport(LangevinKernelsAVX2) && (AVX || AVX2) && !KERNELS_OMITTED
    if runsAVX2 { levels.avx2 = LangevinDoubleKernelsAVX2.elementKernels }
    #endif
    #if canImport(LangevinKernelsAVX512) && (AVX || AVX512) && !KERNELS_OMITTED
    if runsAVX512 { levels.avx512 = LangevinDoubleKernelsAVX512.elementKernels }
    #endif
    return levels
  }()

  /// Returns the kernels of `level` for matrices of `Float`; the level must be one of ``available``.
  package static func floats(_ level: KernelLevel) -> ElementKernels {
    kernels(level, of: levelsOfFloat)
  }

  /// Returns the kernels of `level` for matrices of `Double`; the level must be one of ``available``.
  package static func doubles(_ level: KernelLevel) -> ElementKernels {
    kernels(level, of: levelsOfDouble)
  }

  @inline(__always)
  private static func kernels(_ level: KernelLevel, of levels: Levels) -> ElementKernels {
    switch level {
    case .baseline: return levels.baseline
    case .avx2: if let kernels = levels.avx2 { return kernels }
    case .avx512: if let kernels = levels.avx512 { return kernels }
    }
    missing(level)
  }

  private static func missing(_ level: KernelLevel) -> Never {
    requirementFailure("kernels: \(level.rawValue) is not in this build or processor")
  }
}
