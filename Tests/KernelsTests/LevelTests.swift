import Foundation
import LangevinKernelTable
import LangevinKernels
import Testing

/// The instruction set that the kernels select for this processor.
@Suite struct LevelTests {
  @Test func baselineIsAlwaysAvailable() {
    #expect(Kernels.available.first == .baseline)
    #expect(Kernels.available == Kernels.available.sorted())
    #expect(Kernels.available.contains(Kernels.level))
  }

  @Test(arguments: Kernels.available)
  func tableMatchesItsLevel(_ level: KernelLevel) {
    #if arch(x86_64)
    #expect(Kernels.table(level).level == level)
    #else
    #expect(Kernels.table(level).level == .baseline)
    #endif
    #expect(Kernels.table(level).multiplyScratch > 0)
  }

  @Test func environmentSelectsTheLevel() throws {
    let name = ProcessInfo.processInfo.environment[Kernels.environmentVariable] ?? ""
    let expected = name.isEmpty ? Kernels.available.last : KernelLevel(rawValue: name)
    #expect(Kernels.level == expected)
  }

  /// The test of an emulated processor states its expected best level; see `Tests/run-portability.sh`.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["LANGEVIN_EXPECTED_LEVEL"] != nil,
      "set LANGEVIN_EXPECTED_LEVEL to the best level of this processor"))
  func selectsTheExpectedLevel() {
    let expected = ProcessInfo.processInfo.environment["LANGEVIN_EXPECTED_LEVEL"]
    #expect(Kernels.available.last?.rawValue == expected)
    #expect(Kernels.level.rawValue == expected)
  }
}
