import Checkpoints
import Diffusion
import Foundation
import LinearAlgebra
import NeuralNetwork
import Tables
import Testing

/// `config.json` files of format 3, written by the last program that used this format.
@Suite struct FormerConfigurationTests {
  private static func fixture(_ name: String) throws -> URL {
    try #require(
      Bundle.module.url(forResource: "Fixtures", withExtension: nil)?
        .appendingPathComponent("Format3/\(name)"))
  }

  private static func read(_ name: String) throws -> RunConfiguration {
    try RunConfiguration(json: [UInt8](Data(contentsOf: fixture("\(name).json"))))
  }

  @Test(arguments: ["original", "best", "velocity", "table", "images"])
  func isWrittenInTheCurrentFormat(_ name: String) throws {
    let configuration = try Self.read(name)
    #expect(configuration.format == RunConfiguration.currentFormat)
    let json = try configuration.json()
    #expect(try RunConfiguration(json: json) == configuration)
    #expect(String(decoding: json, as: UTF8.self).contains("\"format\" : 5"))
    _ = try configuration.makeModel()
  }

  @Test func originalModel() throws {
    let configuration = try Self.read("original")
    #expect(
      configuration.model
        == .init(preset: .original, dimension: 2, widths: [4, 3], steps: 100))
    #expect(
      configuration.training
        == .init(batchSize: 20, learningRate: 1e-3, maximumGradientNorm: 1, epochs: 2))
    #expect(configuration.dataset == .init(name: "swiss-roll", count: 60, seed: 0))
  }

  @Test func residualModel() throws {
    let configuration = try Self.read("best")
    #expect(
      configuration.model
        == .init(
          preset: .best, dimension: 2, network: .residual(width: 4, blocks: 2, octaves: 2),
          process: .logNormal(LogNormalNoise()), prediction: .preconditioned, isStandardized: true))
    #expect(
      configuration.training
        == .init(
          batchSize: 20, learningRate: 2e-3, warmUpSteps: 3, decay: .cosine,
          weighting: .minimumSNR, rowsPerLevel: 4, emaDecay: 0.999, epochs: 2))
    #expect(configuration.dataset.heldOut == 0.1)
    #expect(configuration.moments != nil)
  }

  @Test func residualModelOfASchedule() throws {
    let model = try Self.read("velocity").model
    #expect(
      model
        == .init(
          preset: .fixed, dimension: 2,
          network: .residual(width: 4, blocks: 2, activation: .softplus),
          process: .schedule(.init(.cosine, steps: 100, rescaled: true)), prediction: .velocity,
          isStandardized: false))
  }

  /// The encoding of each column kind equals the encoding of the same data today.
  @Test func table() throws {
    let configuration = try Self.read("table")
    let data = try Table(csv: [UInt8](Data(contentsOf: Self.fixture("table.csv"))))
    #expect(try configuration.table == TableEncoding(data, conditions: ["group"]))
    #expect(configuration.model.samplingSteps == 20)
    #expect(configuration.model.contextWidth == 4)
    #expect(configuration.training.contextDropout == 0.1)
  }

  @Test func images() throws {
    let configuration = try Self.read("images")
    let data = try Table(csv: [UInt8](Data(contentsOf: Self.fixture("images.csv"))))
    let expected = try TableEncoding(data, conditions: ["digit"], image: ImageShape("2x2"))
    #expect(configuration.table == expected)
    #expect(configuration.model.samplingSteps == nil)
  }

  /// A file whose fields contradict each other is rejected, and the error names the field.
  @Test(arguments: [
    ("best", "\"hidden\":[4,4]", "\"hidden\":[4,5]", "model.hidden"),
    ("best", "\"levels\":", "\"levels_\":", "model.levels"),
    ("best", "\"standardises\"", "\"x\"", "model.standardises"),
    ("original", "\"estimates\"", "\"x\"", "model.estimates"),
    ("table", "\"missingOfCondition\"", "\"x\"", "table"),
  ])
  func contradictionIsRefused(
    name: String, text: String, replacement: String, word: String
  ) throws {
    let json = try String(contentsOf: Self.fixture("\(name).json"), encoding: .utf8)
    try #require(json.contains(text))
    let changed = json.replacingOccurrences(of: text, with: replacement)
    let error = #expect(throws: CheckpointError.self) {
      try RunConfiguration(json: Array(changed.utf8))
    }
    #expect(error?.description.contains(word) == true, "\(String(describing: error))")
  }
}
