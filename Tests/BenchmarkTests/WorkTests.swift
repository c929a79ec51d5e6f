import Diffusion
import LinearAlgebra
import NeuralNetwork
import Testing

@testable import langevin_benchmark

@Suite struct WorkTests {
  /// Timings of a test build are meaningless, but contenders must run and agree.
  @Test(arguments: ["square 64", "wrapper", "layers", "parts of"])
  func contendersOfSmallSubjectsRun(filter: String) throws {
    for subject in try Selection.rows(Run.allSubjects(Settings(threads: 2)), filter: filter) {
      let contenders = try subject.contenders()
      for contender in contenders {
        var watch = Stopwatch(parts: contender.parts.count)
        contender.run?(&watch)
        #expect(watch.seconds.allSatisfy { $0 > 0 })
        #expect(contenders.contains { $0.name == contender.against })
      }
    }
  }

  /// 2 · rows · (2 · 128 + 128 · 128 + 128 · 128 + 128 · 2) forward; backward twice that, without the
  /// gradient of the first layer's inputs.
  @Test func countsOperations() {
    let network = DiffusionModel.original().network
    #expect(network.forwardOperations(rows: 10) == 665_600)
    #expect(network.backwardOperations(rows: 10) == 2 * 665_600 - 5_120)
    #expect(network.trainingOperations(rows: 10) == 3 * 665_600 - 5_120)
  }

  /// The batch size divides the number of rows of every benchmark.
  @Test(arguments: ScalingWork.batchSizes + [ModelWork.batchSize])
  func batchesDivideTheirData(batchSize: Int) {
    let rows = ModelWork.data(batchSize: batchSize).rows
    #expect(rows > 0 && rows.isMultiple(of: batchSize) && rows <= 16 * batchSize)
  }

  @Test func rejectsWrongResults() throws {
    let matrix = Matrix<Float>([[1, 2]])
    try Agreement.check("swift", matrix, matrix, within: 0)
    #expect(throws: BenchmarkError.wrongResult(contender: "swift", difference: 1)) {
      try Agreement.check("swift", matrix, Matrix<Float>([[1, 3]]), within: 0.5)
    }
    #expect(throws: BenchmarkError.self) {
      try Agreement.check("swift", matrix, Matrix<Float>([[1, .nan]]), within: 0.5)
    }
  }
}
