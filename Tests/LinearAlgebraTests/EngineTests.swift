import LinearAlgebra
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

  @Test func openBLASTellsOfItself() {
    #expect(OpenBLAS.configuration.contains("OpenBLAS"))
    #expect(!OpenBLAS.coreName.isEmpty)
    let before = OpenBLAS.threads
    #expect(OpenBLAS.withOneThread { OpenBLAS.threads } == 1)
    #expect(OpenBLAS.threads == before)
  }
}
