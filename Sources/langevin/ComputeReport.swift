import LinearAlgebra

/// What computed, for those who compare figures.
struct ComputeReport: Encodable {
  let engine: String
  let kernelLevel: String
  let openBLASCore: String
  let openBLASThreads: Int
  let threads: Int

  init(_ engine: Engine, threads: Int) {
    self.engine = engine.products.rawValue
    kernelLevel = engine.level.rawValue
    openBLASCore = OpenBLAS.coreName
    openBLASThreads = OpenBLAS.threads
    self.threads = threads
  }
}
