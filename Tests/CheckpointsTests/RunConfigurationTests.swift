import Checkpoints
import Diffusion
import Foundation
import Testing

@Suite struct RunConfigurationTests {
  /// A value of one field that the program cannot work with.
  struct Bad: Sendable, CustomTestStringConvertible {
    let field: String
    let value: String
    let change: @Sendable (inout RunConfiguration) -> Void
    var testDescription: String { "\(field) = \(value)" }

    init<Value: Sendable>(
      _ field: String, _ path: any WritableKeyPath<RunConfiguration, Value> & Sendable,
      _ value: Value
    ) {
      self.field = field
      self.value = "\(value)"
      change = { $0[keyPath: path] = value }
    }
  }

  static let bad: [Bad] = badDatasets + badModels + badNetworks + badTrainings

  private static let badDatasets: [Bad] =
    [.min, -1, 0, 3, .max].map { Bad("format", \.format, $0) }
    + [.min, -1, 0, 1 << 31 + 1, .max].map { Bad("dataset.count", \.dataset.count, $0) }
    + [-1, .nan, .infinity].map { Bad("dataset.noise", \.dataset.noise, $0) }
    + [-0.5, 1, .nan].map { Bad("dataset.heldOut", \.dataset.heldOut, $0) }

  private static let badModels: [Bad] =
    [.min, -1, 0, 1 << 20 + 1, .max].map { Bad("model.dimension", \.model.dimension, $0) }
    + [.min, -1, 0, 1 << 20 + 1, .max].map {
      Bad("model.schedule", \.model.schedule, ScheduleDescription(.sigmoid, steps: $0))
    }
    + [nil, ScheduleDescription(.cosine, steps: 4, start: 1)].map {
      Bad("model", \.model.schedule, $0)
    }
    + [Bad("model.estimates", \.model.schedule, .init(.cosine, steps: 4, rescaled: true))]

  private static let badNetworks: [Bad] =
    [[], [0], [-1], [8, .min], [.max], [.max, .max], Array(repeating: 1, count: 65)].map {
      Bad("model.hidden", \.model.hidden, $0)
    }
    + [[1 << 20, 1 << 20], Array(repeating: 1 << 20, count: 64)].map {
      Bad("parameters", \.model.hidden, $0)
    }
    + [Bad("model", \.model.levels, LogNormalNoise())]
    + [Bad("model.hidden", \.model.network, .residual)]

  private static let badTrainings: [Bad] =
    [.min, -1, 0, 9, .max].map { Bad("training.batchSize", \.training.batchSize, $0) }
    + [0, -0.0, -1, .nan, .infinity, -.infinity].map {
      Bad("training.learningRate", \.training.learningRate, $0)
    }
    + [0, -1, .nan, -.infinity].map {
      Bad("training.maximumGradientNorm", \.training.maximumGradientNorm, $0)
    }
    + [-0.1, 1, .nan].map { Bad("training.averageDecay", \.training.averageDecay, $0) }
    + [0, -1].map { Bad("training.rowsPerLevel", \.training.rowsPerLevel, $0) }
    + [-1, .min].map { Bad("training.warmUpSteps", \.training.warmUpSteps, $0) }
    + [.min, -1, 0, 1 << 40 + 1, .max].map { Bad("training.epochs", \.training.epochs, $0) }

  @Test(arguments: bad)
  func badValuesAreRefusedByName(bad: Bad) throws {
    var configuration = TinyRun.configuration
    bad.change(&configuration)
    let error = #expect(throws: CheckpointError.self) { try configuration.validate() }
    #expect(error?.description.contains(bad.field) == true, "\(String(describing: error))")
    #expect(throws: CheckpointError.self) { try configuration.makeModel() }
    // JSON has no numbers that are not finite; all others are refused when they are read, too.
    if let json = try? configuration.json() {
      #expect(throws: CheckpointError.self) { try RunConfiguration(json: json) }
    }
  }

  @Test func extremeValuesAreFine() throws {
    var configuration = TinyRun.configuration
    configuration.model.hidden = Array(repeating: 1, count: 64)
    configuration.dataset.count = 1 << 31
    configuration.training.batchSize = 1 << 31
    configuration.training.epochs = 1 << 40
    configuration.training.learningRate = .leastNonzeroMagnitude
    configuration.training.maximumGradientNorm = .greatestFiniteMagnitude
    configuration.dataset.seed = .max
    try configuration.validate()
    #expect(configuration.stepsPerEpoch == 1)
    #expect(try RunConfiguration(json: configuration.json()) == configuration)
  }

  @Test func stepsOfAWholeTrainingHaveALimit() throws {
    var configuration = TinyRun.configuration
    configuration.dataset.count = 1 << 10
    configuration.training.batchSize = 1
    configuration.training.epochs = 1 << 38
    try configuration.validate()
    configuration.dataset.count += 1
    #expect(throws: CheckpointError.self) { try configuration.validate() }
  }

  @Test(arguments: [nil, 1, 0.1])
  func jsonIsReadAsWritten(norm: Double?) throws {
    var configuration = TinyRun.configuration
    configuration.training.maximumGradientNorm = norm
    let json = try configuration.json()
    #expect(try RunConfiguration(json: json) == configuration)
    #expect(try RunConfiguration(json: json).json() == json)
    #expect(json.last == UInt8(ascii: "\n"))
  }

  @Test(arguments: [(1, 8), (3, 3), (4, 2), (7, 2), (8, 1)])
  func lastBatchOfAnEpochMayBeSmaller(batch: Int, steps: Int) {
    var configuration = TinyRun.configuration
    configuration.training.batchSize = batch
    #expect(configuration.stepsPerEpoch == steps)
  }

  @Test(arguments: [
    "format", "dataset", "dataset.name", "dataset.count", "dataset.seed", "model", "model.preset",
    "model.dimension", "model.hidden", "model.steps", "training", "training.batchSize",
    "training.learningRate", "training.seed", "training.epochs",
  ])
  func missingAndWrongFieldsAreNamed(path: String) throws {
    let json = try JSONSerialization.jsonObject(with: Data(TinyRun.configuration.json()))
    for replacement: Any? in [nil, NSNull(), true, "text", [["deep"]], ["key": -1.5]] {
      if path == "dataset.name" || path == "model.preset", replacement is String { continue }
      var object = try #require(json as? [String: Any])
      let parts = path.split(separator: ".").map(String.init)
      if parts.count == 1 {
        object[parts[0]] = replacement
      } else {
        var inner = try #require(object[parts[0]] as? [String: Any])
        inner[parts[1]] = replacement
        object[parts[0]] = inner
      }
      let bytes = [UInt8](try JSONSerialization.data(withJSONObject: object))
      let error = #expect(throws: CheckpointError.self) { try RunConfiguration(json: bytes) }
      let message = error?.description ?? ""
      #expect(message.contains(path), "\(message)")
      #expect(!message.contains("\n"))
    }
  }
}
