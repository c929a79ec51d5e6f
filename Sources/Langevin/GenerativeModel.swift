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
