import Foundation
@testable import LinearAlgebra
import Testing

/// The engine that computes, and the OpenBLAS library behind it.
@Suite struct EngineTests {
  @Test func namesItsParts() {
    #expect(Engine.openBLAS.products == .openBLAS)
    #expect(Engine.swift.products == .swift)
    #expect(Engine.automatic.products == .automatic)
    for level in Engine.availableInstructionSets {
      #expect(Engine(.swift, instructionSet: level).instructionSet == level)
    }
    #expect(Engine(.swift).instructionSet == Engine.swift.instructionSet)
    #expect(Engine.Products(rawValue: "auto") == .automatic)
  }

  @Test(arguments: [
    ("Prescott", InstructionSet.baseline), ("Sandybridge", .baseline), ("armv8", .baseline),
    ("Haswell", .avx2), ("Zen", .avx2), ("SkylakeX", .avx512), ("COOPERLAKE", .avx512),
  ])
  func derivesTheInstructionSetOfOpenBLAS(core: String, level: InstructionSet) {
    #expect(OpenBLAS.instructionSet(ofCore: core) == level)
  }

  /// Large products on several threads use OpenBLAS, unless its instruction set is older.
  @Test(arguments: Engine.availableInstructionSets, InstructionSet.allCases)
  func automaticAvoidsSlowOpenBLAS(_ level: InstructionSet, _ openBLAS: InstructionSet) {
    let engine = Engine(.automatic, instructionSet: level)
    func uses(_ size: Int, threads: Int) -> Bool {
      engine.usesOpenBLAS(rows: size, columns: size, inner: size, of: openBLAS, threads: threads)
    }
    #expect(uses(512, threads: 2) == (level == .baseline || openBLAS >= level))
    #expect(uses(512, threads: 1) == (level == .baseline))
    #expect(uses(64, threads: 2) == (level == .baseline))
  }

  /// Outside networks, one thread of OpenBLAS computes the shapes at which it is faster.
  @Test(arguments: Engine.availableInstructionSets, InstructionSet.allCases)
  func automaticGivesLargeProductsToOpenBLAS(_ level: InstructionSet, _ openBLAS: InstructionSet) {
    let engine = Engine(.automatic, instructionSet: level)
    func uses(_ size: Int) -> Bool {
      engine.usesOpenBLASForWholeMatrices(
        rows: size, columns: size, inner: size, of: openBLAS, threads: 1)
    }
    #expect(uses(1024) == (level == .baseline || openBLAS >= level))
    #expect(uses(256) == (level == .baseline || level == .avx2 && openBLAS >= level))
    #expect(!uses(64) || level == .baseline)
  }

  @Test(
    arguments: [
      ("Prescott", [InstructionSet.baseline, .avx2, .avx512], "=SkylakeX"),
      ("Sandybridge", [.baseline, .avx2], "=Haswell"), ("Prescott", [.baseline], nil),
      ("Haswell", [.baseline, .avx2, .avx512], nil),
      ("SkylakeX", [.baseline, .avx2, .avx512], nil),
    ] as [(String, [InstructionSet], String?)])
  func reportsSlowOpenBLAS(core: String, available: [InstructionSet], remedy: String?) {
    let problem = OpenBLAS.problem(ofCore: core, available: available)
    #expect((problem == nil) == (remedy == nil))
    for part in [core, remedy ?? ""] where problem != nil {
      #expect(problem?.contains(part) == true)
    }
  }

  /// OpenBLAS has fast kernels wherever this package has, unless the environment names a processor.
  @Test func choosesCoreAgain() {
    OpenBLAS.chooseCore
    let best = Engine.availableInstructionSets.last ?? .baseline
    #expect(
      best == .baseline || OpenBLAS.instructionSet > .baseline
        || ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"] != nil)
    #expect(OpenBLAS.loadedInstructionSet <= OpenBLAS.instructionSet)
  }

  @Test func reportsOpenBLASConfiguration() {
    #expect(OpenBLAS.configuration.contains("OpenBLAS"))
    #expect(!OpenBLAS.coreName.isEmpty)
    let before = OpenBLAS.threads
    #expect(OpenBLAS.withOneThread { OpenBLAS.threads } == 1)
    #expect(OpenBLAS.threads == before)
  }
}
