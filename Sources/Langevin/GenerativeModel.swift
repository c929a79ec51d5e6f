import NeuralNetwork
public import Checkpoints
public import Diffusion

/// A trained model, which draws samples that look like its data.
///
///     let model = try GenerativeModel(contentsOf: "customers")
///     let rows = try await model.sample(count: 100, seed: 1).table
///
/// A value that any number of tasks may sample from at a time. The same seed gives the same samples,
/// whatever else runs, and for any number of threads.
public struct GenerativeModel: Sendable {
  /// All that its run is: data, model, training.
  public let configuration: RunConfiguration
  /// The network, and what is needed to read its output: for samplers, likelihoods and all else that the
  /// module `Diffusion` has.
  public let diffusion: DiffusionModel
  /// How many steps of training are behind it; nil if its folder does not say.
  ///
  /// 0 is a model whose samples are noise: that of a ``Trainer`` before its first step, or of a run that was
  /// stopped before its first save. Both can be saved, loaded and trained on.
  public let steps: Int?
  let origin: Origin

  /// Where it is from, and so the rest of its run.
  enum Origin: Sendable {
    case training(TrainingSession.Snapshot)
    case folder(RunFolder)
  }

  /// The model of a training.
  init(_ configuration: RunConfiguration, _ snapshot: TrainingSession.Snapshot) {
    self.configuration = configuration
    diffusion = snapshot.state.result
    steps = snapshot.progress.steps
    origin = .training(snapshot)
  }

  /// Creates the model of `state`, which a program has built, and trained with `Training`.
  ///
  /// The data are unknown to it: it cannot be trained further, or have a likelihood reference.
  ///
  /// - Parameters:
  ///   - state: The model, and the state of its training.
  ///   - name: The name of the model in the folder of its run.
  ///   - table: The encoding of the rows of a table as points; nil if the model is of points.
  public init(_ state: TrainingState, named name: String, table: TableEncoding? = nil) {
    var configuration = RunConfiguration(
      dataset: .init(name: name, count: 0, seed: 0), customModel: state.result, named: name,
      table: table)
    configuration.training.emaDecay = state.average?.decay
    self.init(
      configuration,
      TrainingSession.Snapshot(
        state: state, progress: TrainingProgress(steps: state.optimizer.steps), metrics: []))
  }

  /// Loads the run in the folder at `path`, of a model that a program has built.
  ///
  /// - Parameters:
  ///   - path: The folder, which ``save(to:overwriting:)`` or a ``Trainer`` has written.
  ///   - model: A model of the same network, process and prediction. Its parameters do not matter.
  /// - Throws: `CheckpointError` if there is no run, if it cannot be read, or if the network is another.
  public init(contentsOf path: String, as model: DiffusionModel) throws(CheckpointError) {
    let folder = RunFolder(path)
    (configuration, diffusion, steps) = try folder.load(as: model)
    origin = .folder(folder)
  }

  /// The model, if a program has built it; nil if the configuration describes the network.
  var customArchitecture: DiffusionModel? {
    if case .custom = configuration.model.network { diffusion } else { nil }
  }

  /// The model of the run in the folder at `path`, which ``save(to:overwriting:)`` or `langevin train` has
  /// written.
  ///
  /// - Throws: `CheckpointError` if there is no run, or it cannot be read.
  public init(contentsOf path: String) throws(CheckpointError) {
    let folder = RunFolder(path)
    (configuration, diffusion, steps) = try folder.load()
    origin = .folder(folder)
  }
}
