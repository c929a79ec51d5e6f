@testable import LinearAlgebra
import Testing

/// Which engine computes, and the library beneath it.
@Suite struct EngineTests {
  @Test func namesItsParts() {
    #expect(Engine.openBLAS.products == .openBLAS)
    #expect(Engine.swift.products == .swift)
    #expect(Engine.automatic.products == .automatic)
    for level in Engine.availableLevels {
      #expect(Engine(.swift, level: level).level == level)
    }
    #expect(Engine(.swift).level == Engine.swift.level)
    #expect(Engine.Products(rawValue: "auto") == .automatic)
  }

  @Test(arguments: [
    ("Prescott", KernelLevel.baseline), ("Sandybridge", .baseline), ("armv8", .baseline),
    ("Haswell", .avx2), ("Zen", .avx2), ("SkylakeX", .avx512), ("COOPERLAKE", .avx512),
  ])
  func openBLASHasALevel(core: String, level: KernelLevel) {
    #expect(OpenBLAS.level(ofCore: core) == level)
  }

  /// An OpenBLAS that does not know the processor is slower than the Swift kernels.
  @Test func automaticAvoidsSlowOpenBLAS() {
    // Not by setting its threads, which other tests count on.
    for level in Engine.availableLevels where level > OpenBLAS.level {
      #expect(!Engine(.automatic, level: level).usesOpenBLAS(rows: 512, columns: 512, inner: 512))
    }
    #expect((OpenBLAS.problem == nil) || OpenBLAS.level == .baseline)
  }

  @Test func openBLASTellsOfItself() {
    #expect(OpenBLAS.configuration.contains("OpenBLAS"))
    #expect(!OpenBLAS.coreName.isEmpty)
    let before = OpenBLAS.threads
    #expect(OpenBLAS.withOneThread { OpenBLAS.threads } == 1)
    #expect(OpenBLAS.threads == before)
  }
}
