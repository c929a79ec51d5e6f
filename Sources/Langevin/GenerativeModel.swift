import NeuralNetwork
public import Checkpoints
public import Diffusion

/// A trained model that draws samples resembling its data.
///
///     let model = try GenerativeModel(contentsOf: "customers")
///     let rows = try await model.sample(count: 100, seed: 1).table
///
/// Any number of tasks can sample from a model at the same time. The same seed gives the same samples,
/// whatever else runs, and for any number of threads.
public struct GenerativeModel: Sendable {
  /// The settings of the run's data, model and training.
  public let configuration: RunConfiguration
  /// The network and the settings that interpret its output, for the samplers, likelihoods and other parts of
  /// the module `Diffusion`.
  public let diffusion: DiffusionModel
  /// The number of steps that the model was trained for; nil if its folder does not record it.
  ///
  /// Samples are noise if it is 0. That is the case for a ``Trainer`` before its first step, and for a run
  /// that was stopped before its first save. Both models can be saved, loaded and trained further.
  public let steps: Int?
  let origin: Origin

  /// The source of the model, which holds the rest of its run.
  enum Origin: Sendable {
    case training(TrainingSession.Snapshot)
    case folder(RunFolder)
  }

  /// Creates the model of a training.
  init(_ configuration: RunConfiguration, _ snapshot: TrainingSession.Snapshot) {
    self.configuration = configuration
    diffusion = snapshot.state.result
    steps = snapshot.progress.steps
    origin = .training(snapshot)
  }

  /// Creates a model from `state`, which a program has built and trained with `Training`.
  ///
  /// The model does not know its data: it cannot be trained further, or have a likelihood reference.
  ///
  /// - Parameters:
  ///   - state: The model and the state of its training.
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

  /// Loads the run in the folder at `path`, whose model a program has built.
  ///
  /// - Parameters:
  ///   - path: The folder, written by ``save(to:overwriting:)`` or a ``Trainer``.
  ///   - model: A model with the same network, process and prediction type. Its parameters are ignored.
  /// - Throws: `CheckpointError` if the folder holds no run, the run cannot be read, or the network differs.
  public init(contentsOf path: String, as model: DiffusionModel) throws(CheckpointError) {
    let folder = RunFolder(path)
    (configuration, diffusion, steps) = try folder.load(as: model)
    origin = .folder(folder)
  }

  /// The model, if a program has built it; nil if the configuration describes the network.
  var customArchitecture: DiffusionModel? {
    if case .custom = configuration.model.network { diffusion } else { nil }
  }

  /// Loads the run in the folder at `path`, written by ``save(to:overwriting:)`` or `langevin train`.
  ///
  /// - Throws: `CheckpointError` if the folder holds no run, or the run cannot be read.
  public init(contentsOf path: String) throws(CheckpointError) {
    let folder = RunFolder(path)
    (configuration, diffusion, steps) = try folder.load()
    origin = .folder(folder)
  }
}
