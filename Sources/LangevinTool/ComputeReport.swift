import LinearAlgebra

/// The result of a command and the compute backend, as one flat JSON object.
struct Report<Work: Encodable>: Encodable {
  let work: Work
  let compute: ComputeReport

  func encode(to encoder: any Encoder) throws {
    try work.encode(to: encoder)
    try compute.encode(to: encoder)
  }
}

/// The compute backend, for comparing figures.
struct ComputeReport: Encodable {
  let engine: String
  let kernelLevel: String
  let openBLASCore: String
  let openBLASThreads: Int
  let threads: Int

  init(_ engine: Engine, threads: Int) {
    self.engine = engine.products.rawValue
    kernelLevel = engine.instructionSet.rawValue
    openBLASCore = OpenBLAS.coreName
    openBLASThreads = OpenBLAS.threads
    self.threads = threads
  }
}
