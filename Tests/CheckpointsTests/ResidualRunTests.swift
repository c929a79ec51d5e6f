import Checkpoints
import Diffusion
import Foundation
import LangevinFiles
import LinearAlgebra
import NeuralNetwork
import SafeTensors
import Testing

/// Runs of residual networks: EMA, moments, continuous noise levels, and the learning-rate schedule.
@Suite struct ResidualRunTests {
  @Test func configurationIsReadAsWritten() throws {
    let configuration = ResidualRun.configuration
    let json = try configuration.json()
    #expect(try RunConfiguration(json: json) == configuration)
    #expect(try RunConfiguration(json: json).json() == json)
    #expect(configuration.trainingRows == 21 && configuration.stepsPerEpoch == 3)
    let settings = configuration.trainingConfiguration(threads: 2)
    #expect(
      settings.warmUpSteps == 2 && settings.cosineDecaySteps == 12)
    #expect(settings.weighting == .minimumSNR() && settings.rowsPerLevel == 4)
    #expect(settings.emaDecay == 0.7 && settings.threads == 2)
  }

  /// Without moments, samples would stay in the network's space.
  @Test func standardizationNeedsMoments() throws {
    var configuration = ResidualRun.configuration
    configuration.moments = nil
    let json = try configuration.json()
    for make in [{ _ = try RunConfiguration(json: json) }, { _ = try configuration.makeModel() }] {
      let error = #expect(throws: CheckpointError.self) { try make() }
      #expect("\(error as Any)".contains("moments are missing"))
    }
  }

  /// Without a table there are no conditions, and a command that needs contexts would stop.
  @Test func contextsNeedATable() throws {
    var configuration = ResidualRun.configuration
    configuration.model.contextWidth = 3
    let json = try configuration.json()
    for make in [{ _ = try RunConfiguration(json: json) }, { try configuration.validate() }] {
      let error = #expect(throws: CheckpointError.self) { try make() }
      #expect("\(error as Any)".contains("model.contextWidth is 3, but there is no table"))
    }
  }

  /// The format number is checked first, since a later format may change everything else.
  @Test func laterFormatsAreRefusedByTheirNumber() throws {
    let json = #"{"format": 6, "data": {}}"#
    let error = #expect(throws: CheckpointError.self) {
      _ = try RunConfiguration(json: Array(json.utf8))
    }
    #expect("\(error as Any)".contains("format is 6"))
  }

  /// Impossible covariances would stop the program when it computes a density.
  @Test(arguments: [[1, 2, 2, 1], [1, 0.5, 0.2, 1], [1, .infinity, .infinity, 1]] as [[Double]])
  func covariancesHaveToBePossible(_ covariance: [Double]) throws {
    var configuration = ResidualRun.configuration
    configuration.moments = DataMoments(
      mean: [0, 0], variance: [1, 1], covariance: covariance)
    let error = #expect(throws: CheckpointError.self) { try configuration.validate() }
    #expect("\(error as Any)".contains("below 0 in some direction"))
    configuration.moments = DataMoments(mean: [0, 0], variance: [1, 1], covariance: [1, 1, 1, 1])
    try configuration.validate()
  }

  @Test(arguments: Preset.allCases)
  func presetsAreValid(_ preset: Preset) throws {
    var configuration = RunConfiguration(
      dataset: .init(name: "swiss-roll", count: 1000, seed: 3),
      model: preset.model(dimension: 2, rows: 10_000),
      training: preset.training(seed: 1, rows: 10_000))
    if configuration.model.isStandardized { configuration.moments = DataMoments(ResidualRun.data) }
    let model = try configuration.makeModel()
    let count = model.network.parameters.layout.declarations.reduce(0) {
      $0 + $1.rows * $1.columns
    }
    #expect(configuration.parameterCount == count)
    #expect((model.standardization != nil) == configuration.model.isStandardized)
    #expect(try RunConfiguration(json: configuration.json()) == configuration)
  }

  @Test(arguments: [0, 1, 3, 5])
  func whatIsSavedGoesOnAsIfItHadNot(steps: Int) throws {
    try TinyRun.inFolder { folder in
      let whole = try ResidualRun.training()
      var progress = TrainingProgress()
      for step in whole.prefix(steps) {
        progress.record(step)
      }
      try folder.begin(ResidualRun.configuration, overwrite: false)
      try folder.save(whole.state, progress: progress)
      let configuration = try folder.configuration()
      #expect(configuration == ResidualRun.configuration)
      let (state, loaded) = try folder.training(configuration)
      #expect(loaded == progress)
      #expect(state.average == whole.state.average)
      #expect(state.average?.updates == steps)
      let model = try folder.load().model
      #expect(model.network.parameters == whole.result.network.parameters)
      #expect(model.standardization == whole.model.standardization)
      #expect(model.moments == ResidualRun.configuration.moments)
      #expect(model.process == whole.model.process && model.features == whole.model.features)
      #expect(
        Sampler(model, steps: 3).sample(count: 9, seed: 1)
          == Sampler(whole.result, steps: 3).sample(count: 9, seed: 1))

      let resumed = try ResidualRun.training(state)
      #expect(Array(resumed.prefix(6)) == Array(whole.prefix(6)))
      #expect(resumed.model.network.parameters == whole.model.network.parameters)
      #expect(resumed.optimizer.firstMoments == whole.optimizer.firstMoments)
      #expect(resumed.optimizer.secondMoments == whole.optimizer.secondMoments)
      #expect(resumed.state.average == whole.state.average)
    }
  }

  @Test func tensorsHaveTheNamesOfTheNetwork() throws {
    try TinyRun.inFolder { folder in
      try folder.begin(ResidualRun.configuration, overwrite: false)
      let file = try SafeTensorsFile(path: "\(folder.path)/model.safetensors")
      #expect(
        file.tensors.map(\.name).sorted() == [
          "blocks.0.bias", "blocks.0.weight", "blocks.1.bias", "blocks.1.weight", "input.bias",
          "input.weight", "output.bias", "output.weight", "shift.bias", "shift.weight",
          "time.bias", "time.weight",
        ])
      #expect(file["time.weight"]?.shape == [8, 8] && file["shift.weight"]?.shape == [16, 8])
    }
  }

  /// If the configuration has an EMA, the checkpoint must contain it.
  @Test func missingAverageIsTold() throws {
    try TinyRun.inFolder { folder in
      var configuration = ResidualRun.configuration
      configuration.training.emaDecay = nil
      try folder.begin(configuration, overwrite: false)
      configuration.training.emaDecay = 0.9
      let error = #expect(throws: CheckpointError.self) { try folder.training(configuration) }
      #expect(error?.description.contains("average_updates") == true)
    }
  }
}
