import Checkpoints
import Diffusion
import Foundation
import Langevin
import LinearAlgebra
import NeuralNetwork
import Tables
import Testing

/// Runs of models built by a program.
@Suite struct OwnModelTests {
  private struct RectifiedFlow: ContinuousProcess {
    func level(at t: Double) -> NoiseLevel { NoiseLevel(alpha: 1 - t, sigma: t) }
  }

  private static let features = FourierFeatures(count: 4)

  /// Returns a rectified flow with a custom network.
  private static func model(width: Int = 8, seed: UInt64 = 1) -> DiffusionModel {
    DiffusionModel(
      process: .continuous(RectifiedFlow()), prediction: .flow,
      network: Network(
        [
          Linear("in", inputs: 2, outputs: width), EmbeddingShift(columns: 0..<width),
          Activation.silu, Linear("out", inputs: width, outputs: 2),
        ], inputWidth: 2,
        embedding: [Linear("time", inputs: features.width, outputs: width)],
        featureWidth: features.width
      ) { RandomStream(seed: seed, stream: UInt64($0)) },
      features: features)
  }

  private static func configure(_ configuration: inout RunConfiguration) {
    configuration.training.batchSize = 32
    configuration.training.decay = .none
  }

  private static func trainer(
    epochs: Int = 3, savedIn destination: RunDestination? = nil
  ) throws -> Trainer {
    try Trainer(
      of: model(), named: "flow", on: SmallTraining.matrix, epochs: epochs, seed: 1,
      savedIn: destination, configure: configure)
  }

  private static func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("langevin-own-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  @Test func isSavedAndLoaded() throws {
    try Self.inFolder { folder in
      let model = try Self.trainer(savedIn: RunDestination(folder)).runBlocking()
      let loaded = try GenerativeModel(contentsOf: folder, as: Self.model(seed: 2))
      #expect(loaded.steps == 21 && loaded.configuration == model.configuration)
      #expect(loaded.diffusion.standardization == model.diffusion.standardization)
      #expect(loaded.diffusion.standardization != nil)
      #expect(
        try loaded.sampleBlocking(count: 50, seed: 3).matrix
          == model.sampleBlocking(count: 50, seed: 3).matrix)
    }
  }

  @Test func isResumedToTheSameBits() throws {
    let whole = try Self.trainer().runBlocking()
    try Self.inFolder { folder in
      try Self.trainer(epochs: 1, savedIn: RunDestination(folder)).runBlocking()
      let inFolder = try Trainer(
        resumingRunIn: RunDestination(folder), as: Self.model(seed: 2), on: SmallTraining.matrix,
        epochs: 3
      ).runBlocking()
      #expect(inFolder.bits == whole.bits)
      let first = try Self.trainer(epochs: 1).runBlocking()
      let inMemory = try Trainer(resuming: first, on: SmallTraining.matrix, epochs: 3)
      #expect(try inMemory.runBlocking().bits == whole.bits)
    }
  }

  /// A model trained by `Training` can sample, be saved and be loaded, although it does not know its data.
  @Test func isMadeOfATraining() throws {
    let training = try Training(
      Self.model(), data: SmallTraining.matrix,
      configuration: TrainingConfiguration(batchSize: 20, emaDecay: 0.9))
    for _ in training.prefix(30) {}
    let model = GenerativeModel(training.state, named: "flow")
    #expect(model.steps == 30)
    let samples = try model.sampleBlocking(count: 40, seed: 1).matrix
    #expect(samples.rows == 40 && samples.isFinite)
    try Self.inFolder { folder in
      try model.save(to: folder)
      let loaded = try GenerativeModel(contentsOf: folder, as: Self.model(seed: 2))
      #expect(loaded.steps == 30)
      #expect(try loaded.sampleBlocking(count: 40, seed: 1).matrix == samples)
      try loaded.save(to: folder, overwriting: true)
      #expect(throws: TrainerError.self) {
        try Trainer(resuming: loaded, on: SmallTraining.matrix)
      }
    }
  }

  @Test func tablesHaveOwnModels() throws {
    let table = Table([
      Column("x", (0..<60).map { Double($0 * $0 % 31) }),
      Column("y", (0..<60).map { Double($0 * 7 % 60) }),
    ])
    let model = try Trainer(
      of: Self.model(), named: "flow", on: table, epochs: 1, configure: Self.configure
    ).runBlocking()
    let rows = try model.sampleBlocking(count: 10, seed: 1).table
    #expect(rows.columns.map(\.name) == ["x", "y"] && rows.rowCount == 10)
  }

  /// The contexts of a model are the last columns of a row. They cannot be drawn.
  @Test func contextsAreGiven() throws {
    let model = DiffusionModel.residual(
      dimension: 2, contextWidth: 1, width: 8, blocks: 1, moments: nil, seed: 1)
    let rows = RandomStream(seed: 1).normal(rows: 60, columns: 3)
    let trained = try Trainer(
      of: model, named: "conditional", on: rows, epochs: 1, configure: Self.configure
    ).runBlocking()
    #expect(throws: SamplingError.unknownContexts) { try trained.sampleBlocking(count: 2, seed: 1) }
    let table = Table([Column("x0", [1]), Column("x1", [2]), Column("c", [3])])
    #expect(try trained.logLikelihoodBlocking(of: table)[0].logLikelihood.isFinite)
    #expect(throws: TableError.self) {
      try trained.logLikelihoodBlocking(of: Table([Column("x0", [1]), Column("x1", [2])]))
    }
  }

  /// Data with another number of columns are rejected before a folder is created.
  @Test func dataOfOtherColumnsAreRefused() {
    let data = RandomStream(seed: 1).normal(rows: 40, columns: 3)
    #expect(throws: TrainerError.training(.wrongDimension(data: 3, model: 2))) {
      try Trainer(of: Self.model(), named: "flow", on: data)
    }
  }

  /// A standardization set by a program is compared exactly, one computed from the data up to rounding.
  @Test func standardizationIsCompared() throws {
    let own = try Self.trainer(epochs: 1).configuration
    #expect(own.model.isStandardized && own.model.network.standardization != nil)
    var rounded = own
    let moments = try #require(own.moments)
    let others = DataMoments(
      mean: moments.mean.map(\.nextUp), variance: moments.variance.map(\.nextUp),
      covariance: moments.covariance)
    rounded.moments = others
    rounded.model.network.standardization = Standardization(others)
    #expect(try own.differences(from: rounded).isEmpty)
    rounded.model.network.standardization = Standardization(mean: [0, 0], deviation: [1, 2])
    #expect(try !own.differences(from: rounded).isEmpty)
    let plain = try Trainer(
      of: Self.model(), named: "flow", on: SmallTraining.matrix, epochs: 1,
      configure: {
        Self.configure(&$0)
        $0.model.isStandardized = false
      })
    #expect(plain.model.diffusion.standardization == nil)
  }

  @Test func anotherArchitectureIsRefused() throws {
    try Self.inFolder { folder in
      try Self.trainer(epochs: 1, savedIn: RunDestination(folder)).runBlocking()
      let unknown = #expect(throws: CheckpointError.self) {
        try GenerativeModel(contentsOf: folder)
      }
      #expect(unknown?.description.contains("the model flow was built by a program") == true)
      let wider = #expect(throws: CheckpointError.self) {
        try GenerativeModel(contentsOf: folder, as: Self.model(width: 9))
      }
      #expect(wider?.description.contains("in.weight") == true)
      let other = #expect(throws: CheckpointError.self) {
        try GenerativeModel(contentsOf: folder, as: DiffusionModel.original(dimension: 3, steps: 4))
      }
      #expect(other?.description.contains("3 columns") == true)
    }
    try Self.inFolder { folder in
      try SmallTraining.trainer(epochs: 1).runBlocking().save(to: folder)
      #expect(throws: CheckpointError.self) {
        try GenerativeModel(contentsOf: folder, as: Self.model())
      }
    }
  }
}
