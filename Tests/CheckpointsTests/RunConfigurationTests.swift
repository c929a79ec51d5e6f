import Checkpoints
import Diffusion
import Foundation
import LinearAlgebra
import NeuralNetwork
import Tables
import Testing

@Suite struct RunConfigurationTests {
  /// An invalid value of one field.
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
    [.min, -1, 0, 6, .max].map { Bad("format", \.format, $0) }
    + [.min, -1, 0, 1 << 31 + 1, .max].map { Bad("dataset.count", \.dataset.count, $0) }
    + [-1, .nan, .infinity].map { Bad("dataset.noise", \.dataset.noise, $0) }
    + [-0.5, 1, .nan].map { Bad("dataset.heldOut", \.dataset.heldOut, $0) }

  private static let badModels: [Bad] =
    [.min, -1, 0, 1 << 20 + 1, .max].map { Bad("model.dimension", \.model.dimension, $0) }
    + [.min, -1, 0, 1 << 20 + 1, .max].map {
      Bad(
        "model.process.schedule.steps", \.model.process,
        .schedule(ScheduleConfiguration(.sigmoid, steps: $0)))
    }
    + [
      Bad("model.process.schedule", \.model.process, .schedule(.init(.cosine, steps: 4, start: 1))),
      Bad("model.process", \.model.process, .logNormal(LogNormalNoise())),
      Bad(
        "model.prediction", \.model.process, .schedule(.init(.cosine, steps: 4, rescaled: true))),
      Bad("model.samplingSteps", \.model.samplingSteps, 0),
      Bad("model.contextWidth", \.model.contextWidth, 3),
      Bad("model.contextWidth", \.model.contextWidth, -1),
    ]

  private static let badNetworks: [Bad] =
    [[], [0], [-1], [8, .min], [.max], [.max, .max], Array(repeating: 1, count: 65)].map {
      Bad("model.network.widths", \.model.network, .conditional(widths: $0, activation: .softplus))
    }
    + [[1 << 20, 1 << 20], Array(repeating: 1 << 20, count: 64)].map {
      Bad("parameters", \.model.network, .conditional(widths: $0, activation: .softplus))
    }
    + [.min, 0, 65].map {
      Bad("model.network.blocks", \.model.network, .residual(width: 4, blocks: $0))
    }
    + [.min, 0, 1 << 20 + 1].map {
      Bad("model.network.width", \.model.network, .residual(width: $0, blocks: 2))
    }
    + [
      Bad("frequencies", \.model.network, .residual(width: 4, blocks: 2, frequencies: 0)),
      Bad("octaves", \.model.network, .residual(width: 4, blocks: 2, octaves: 21)),
      Bad("parameters", \.model.network, .residual(width: 1 << 20, blocks: 64)),
    ]

  private static let badTrainings: [Bad] =
    [.min, -1, 0, 9, .max].map { Bad("training.batchSize", \.training.batchSize, $0) }
    + [0, -0.0, -1, .nan, .infinity, -.infinity].map {
      Bad("training.learningRate", \.training.learningRate, $0)
    }
    + [0, -1, .nan, -.infinity].map {
      Bad("training.maximumGradientNorm", \.training.maximumGradientNorm, $0)
    }
    + [-0.1, 1, .nan].map { Bad("training.emaDecay", \.training.emaDecay, $0) }
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
    // JSON cannot represent numbers that are not finite; all other values are rejected on reading as well.
    if let json = try? configuration.json() {
      #expect(throws: CheckpointError.self) { try RunConfiguration(json: json) }
    }
  }

  @Test func extremeValuesAreFine() throws {
    var configuration = TinyRun.configuration
    configuration.model.network = .conditional(
      widths: Array(repeating: 1, count: 64), activation: .softplus)
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
    "model.dimension", "model.network",
    "model.network.conditional.widths", "model.network.conditional.activation", "model.process",
    "model.process.schedule.kind", "model.process.schedule.steps",
    "model.process.schedule.rescaled", "model.prediction", "model.isStandardized", "training",
    "training.batchSize", "training.learningRate",
    "training.seed", "training.epochs",
  ])
  func missingAndWrongFieldsAreNamed(path: String) throws {
    let json = try JSONSerialization.jsonObject(with: Data(TinyRun.configuration.json()))
    for replacement: Any? in [nil, NSNull(), true, "text", [["deep"]], ["key": -1.5]] {
      if path == "dataset.name", replacement is String { continue }
      if path == "model.isStandardized" || path == "model.process.schedule.rescaled",
        replacement is Bool
      {
        continue
      }
      let object = Self.replacing(
        path.split(separator: ".").map(String.init), in: json, replacement)
      let bytes = [UInt8](try JSONSerialization.data(withJSONObject: try #require(object)))
      let error = #expect(throws: CheckpointError.self) { try RunConfiguration(json: bytes) }
      let message = error?.description ?? ""
      #expect(message.contains(path), "\(message)")
      #expect(!message.contains("\n"))
    }
  }

  @Test(arguments: [
    ("[]", "it is not an object"), ("{", "it is not JSON"), ("{}", "format is missing"),
    (#"{"format": "4"}"#, "format is not an integer"),
    (#"{"format": null}"#, "format is null, not an integer"),
    (#"{"format": 5, "dataset": {"name": 5}}"#, "dataset.name is not a text"),
    (#"{"format": 4, "dataset": []}"#, "dataset is not an object"),
  ])
  func wrongFilesAreDescribed(json: String, problem: String) {
    let error = #expect(throws: CheckpointError.self) {
      try RunConfiguration(json: Array(json.utf8))
    }
    #expect(error?.description == problem + "; restore the file that training wrote")
  }

  /// Returns `json` with `replacement` at `path`, or without the value there if `replacement` is nil.
  private static func replacing(_ path: [String], in json: Any, _ replacement: Any?) -> Any? {
    guard let name = path.first else { return replacement }
    guard var object = json as? [String: Any], let inner = object[name] else { return nil }
    object[name] = replacing(Array(path.dropFirst()), in: inner, replacement)
    return object
  }

  /// Runs of format 1 use the model of the original program.
  @Test func formatOneIsTheSeed() throws {
    let json = """
      {"dataset":{"count":8,"name":"swiss-roll","seed":3},"format":1,"model":{"dimension":2,
      "hidden":[2,3],"preset":"seed","steps":4},"training":{"batchSize":3,"epochs":5,
      "learningRate":0.01,"maximumGradientNorm":1,"seed":1}}
      """
    let read = try RunConfiguration(json: Array(json.utf8))
    #expect(read.format == RunConfiguration.currentFormat && read.moments == nil)
    let expected = RunConfiguration(
      dataset: .init(name: "swiss-roll", count: 8, seed: 3),
      model: .init(preset: .original, dimension: 2, widths: [2, 3], steps: 4),
      training: .init(batchSize: 3, learningRate: 0.01, maximumGradientNorm: 1, seed: 1, epochs: 5))
    #expect(read == expected)
    let (model, seed) = (
      try read.makeModel(), DiffusionModel.original(hidden: [2, 3], steps: 4, seed: 1)
    )
    #expect(model.process == seed.process && model.prediction == .epsilon)
    #expect(model.features == nil && model.standardization == nil)
    #expect(model.network.parameters == seed.network.parameters)
    let training = read.trainingConfiguration(threads: 1)
    let expectedTraining = TrainingConfiguration(
      batchSize: 3, learningRate: 0.01, contextDropout: 0, seed: 1)
    #expect("\(training)" == "\(expectedTraining)")
    // It is written again in the current format, and read as the same configuration.
    #expect(try RunConfiguration(json: read.json()) == read)
  }

  @Test func modelsOfOneKindRefuseTheOther() throws {
    var configuration = ResidualRun.configuration
    try configuration.validate()
    for levels in [
      LogNormalNoise(mean: .nan), LogNormalNoise(deviation: 0),
      LogNormalNoise(deviation: .infinity),
    ] {
      configuration = ResidualRun.configuration
      configuration.model.process = .logNormal(levels)
      #expect(throws: CheckpointError.self) { try configuration.makeModel() }
    }
    for moments in [
      DataMoments(mean: [0], variance: [1]), DataMoments(mean: [0, .nan], variance: [1, 1]),
      DataMoments(mean: [0, 0], variance: [1, -1]),
      DataMoments(mean: [0, 0], variance: [1, 1], covariance: [1, 0, .infinity, 1]),
    ] {
      configuration = ResidualRun.configuration
      configuration.moments = moments
      let error = #expect(throws: CheckpointError.self) { try configuration.validate() }
      #expect(error?.description.contains("moments") == true)
    }
  }

  /// A difference within a list is named by its place.
  @Test func differencesAreNamed() throws {
    var configuration = ResidualRun.configuration
    configuration.table = try TableEncoding(
      Table([Column("a", [1, 2, 4]), Column("visits", [1, 2, 3])]))
    var other = configuration
    other.table = try TableEncoding(
      Table([Column("a", [1, 2, 4]), Column("visits", ["1", "2", "3"])]))
    let differences = try configuration.differences(from: other)
    #expect(differences.contains { $0.hasPrefix("table.columns[1].") })
    #expect(!differences.contains { $0.contains("given, given") })
  }

  /// On another processor, the moments of the same data may differ in their last digits.
  @Test func momentsMayDifferByRounding() throws {
    let configuration = ResidualRun.configuration
    let moments = try #require(configuration.moments)
    var other = configuration
    other.moments = DataMoments(
      mean: moments.mean.map { $0.nextUp }, variance: moments.variance.map { $0.nextDown },
      covariance: moments.covariance.map { $0.map { $0.nextUp } })
    #expect(configuration != other)
    #expect(try configuration.differences(from: other).isEmpty)
    try configuration.requireMoments(of: ResidualRun.data)
    var data = ResidualRun.data
    data[3, 1] += 0.001
    other.moments = DataMoments(data)
    #expect(
      try configuration.differences(from: other) == ["the points of swiss-roll have changed"])
    #expect(throws: CheckpointError.self) { try configuration.requireMoments(of: data) }
  }
}
