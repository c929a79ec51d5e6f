import Foundation
import LangevinKernelTable
import LangevinKernels
import Testing

/// Which builds of the kernels this processor is given.
@Suite struct LevelTests {
  @Test func baselineIsAlwaysThere() {
    #expect(Kernels.available.first == .baseline)
    #expect(Kernels.available == Kernels.available.sorted())
    #expect(Kernels.available.contains(Kernels.level))
  }

  @Test(arguments: Kernels.available)
  func tableIsOfItsLevel(_ level: KernelLevel) {
    #if arch(x86_64)
    #expect(Kernels.table(level).level == level)
    #else
    #expect(Kernels.table(level).level == .baseline)
    #endif
    #expect(Kernels.table(level).multiplyScratch > 0)
  }

  @Test func environmentNamesTheLevel() throws {
    let name = ProcessInfo.processInfo.environment[Kernels.environmentVariable] ?? ""
    let expected = name.isEmpty ? Kernels.available.last : KernelLevel(rawValue: name)
    #expect(Kernels.level == expected)
  }

  /// An emulated processor says what its best level should be; see `Tests/run-portability.sh`.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["LANGEVIN_EXPECTED_LEVEL"] != nil,
      "set LANGEVIN_EXPECTED_LEVEL to the level that this processor should run"))
  func bestLevelIsTheExpectedOne() {
    let expected = ProcessInfo.processInfo.environment["LANGEVIN_EXPECTED_LEVEL"]
    #expect(Kernels.available.last?.rawValue == expected)
    #expect(Kernels.level.rawValue == expected)
  }
}
