import Checkpoints
import Diffusion
import Foundation
import LinearAlgebra
import NeuralNetwork

/// A run small enough for tests that damage it thousands of times.
enum TinyRun {
  static let configuration = RunConfiguration(
    dataset: .init(name: "swiss-roll", count: 8, seed: 3),
    model: .init(dimension: 2, widths: [2, 3], steps: 4),
    training: .init(
      batchSize: 3, learningRate: 0.01, maximumGradientNorm: 1, emaDecay: 0.9, seed: .max,
      epochs: 5))

  /// Returns a training of the configuration at its start.
  static func training() throws -> Training {
    let data = RandomStream(seed: 1, stream: 2).uniform(rows: 8, columns: 2)
    return try Training(
      configuration.makeModel(), data: data,
      configuration: configuration.trainingConfiguration(threads: 1))
  }

  /// Returns the state and the progress after `steps` steps, which a save contains.
  static func state(
    steps: Int
  ) throws -> (state: TrainingState, progress: TrainingProgress) {
    let training = try training()
    var progress = TrainingProgress()
    for step in training.prefix(steps) {
      progress.record(step)
    }
    return (training.state, progress)
  }

  /// Calls `body` with a run folder of its own, which does not exist yet.
  static func inFolder<Result>(_ body: (RunFolder) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("langevin-run-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(RunFolder(url.path))
  }

  /// Begins the run in `folder`, and saves it after `steps` steps.
  static func save(in folder: RunFolder, steps: Int) throws {
    let (state, progress) = try state(steps: steps)
    try folder.begin(configuration, overwrite: false)
    try folder.save(state, progress: progress)
  }
}
