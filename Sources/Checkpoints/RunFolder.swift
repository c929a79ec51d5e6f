package import Diffusion
import LangevinErrors
import LangevinFiles
import LinearAlgebra
import NeuralNetwork
import SafeTensors

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A folder that holds one run:
///
/// - `config.json`: the settings (``RunConfiguration``);
/// - `model.safetensors`: the parameters to sample from, with PyTorch's names and shapes, and the progress of
///   training as metadata. The parameters are the EMA if there is one. Sampling needs only this file and
///   `config.json`;
/// - `training.safetensors`: everything that resuming needs: the parameters, their EMA, the moments of Adam
///   and the losses. They are in one file so that a save is complete or absent;
/// - `metrics.jsonl`: the metrics of training, one line per epoch (``MetricsLog``).
///
/// Each file except `metrics.jsonl`, which grows, is written under a temporary name, synced and renamed. The
/// folder therefore holds a run at all times, even if a program that writes to it is killed. If that happens
/// during a save, `model.safetensors` may be from the previous save until training is resumed.
package struct RunFolder: Sendable, Hashable {
  /// The folder.
  package let path: String

  /// The run in the folder at `path`, which need not exist.
  package init(_ path: String) { self.path = path }

  /// The size limit of a parameter file to be read, in bytes: for each parameter four bytes for its value,
  /// its EMA and its two moments, and the header.
  package static let sizeLimit =
    16 * RunConfiguration.parameterLimit + SafeTensorsFile.headerLimit

  var configurationPath: String { "\(path)/config.json" }
  var modelPath: String { "\(path)/model.safetensors" }
  var trainingPath: String { "\(path)/training.safetensors" }
  var metricsPath: String { "\(path)/metrics.jsonl" }

  /// Whether the folder holds a run.
  package var holdsRun: Bool {
    hasStagedRun
      || [configurationPath, modelPath, trainingPath, metricsPath].contains(where: Self.exists)
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  func unusable(_ reason: String, code: Int32? = nil) -> CheckpointError {
    .unusable(FileError(path: path, reason: reason, code: code))
  }

  /// Writes `config.json`.
  package func saveConfiguration(_ configuration: RunConfiguration) throws(CheckpointError) {
    try FolderLock.writing.hold(path) { () throws(CheckpointError) in
      try finishBeginning()
      try write(configuration, to: configurationPath)
    }
  }

  func write(
    _ configuration: RunConfiguration, to path: String
  ) throws(CheckpointError) {
    let bytes = try configuration.json()
    try CheckpointError.accessing { () throws(FileError) in try AtomicFile.write(bytes, to: path) }
  }

  /// Reads `config.json`.
  package func configuration() throws(CheckpointError) -> RunConfiguration {
    guard holdsRun else {
      if path.isEmpty {
        throw unusable("the path of the folder is empty; name the folder of a run")
      }
      throw unusable(
        (Self.exists(path) ? "it holds no run" : "there is no such folder")
          + "; name the folder of a run")
    }
    let configurationPath = current(configurationPath)
    if !Self.exists(configurationPath) {
      throw unusable("config.json is missing; restore the file that training wrote, or train again")
    }
    let bytes = try CheckpointError.accessing { () throws(FileError) in
      try AtomicFile.read(configurationPath, sizeLimit: RunConfiguration.sizeLimit)
    }
    return try CheckpointError.inFile(configurationPath) { () throws(CheckpointError) in
      try RunConfiguration(json: bytes)
    }
  }

  /// Writes `training.safetensors` and `model.safetensors`.
  package func save(
    _ state: TrainingState, progress: TrainingProgress
  ) throws(CheckpointError) {
    try FolderLock.writing.hold(path) { () throws(CheckpointError) in
      try finishBeginning()
      try write(state, progress, training: trainingPath, model: modelPath)
    }
  }

  func write(
    _ state: TrainingState, _ progress: TrainingProgress, training: String, model: String
  ) throws(CheckpointError) {
    let parameters = state.model.network.parameters
    var metadata = metadata(progress)
    if let average = state.average { metadata["average_updates"] = "\(average.updates)" }
    var tensors = SafeTensorsFile(metadata: metadata)
    for tensor in parameters.tensors(prefix: "parameter.")
      + state.optimizer.firstMoments.tensors(prefix: "first_moment.")
      + state.optimizer.secondMoments.tensors(prefix: "second_moment.")
      + (state.average?.parameters.tensors(prefix: "average.") ?? [])
    {
      tensors.append(tensor)
    }
    tensors.append(
      Tensor("loss.epochs", doubles: progress.epochLosses, shape: [progress.epochLosses.count]))
    tensors.append(Tensor("loss.partial_sum", doubles: [progress.partialLossSum], shape: [1]))
    tensors.append(Tensor("loss.partial_count", integers: [progress.partialLossCount], shape: [1]))
    if let sum = progress.partialGradientNormSum {
      tensors.append(Tensor(Self.gradientNormSum, doubles: [sum], shape: [1]))
    }
    let file = tensors
    try CheckpointError.withTensors { () throws(SafeTensorsError) in try file.write(to: training) }

    var weights = SafeTensorsFile(metadata: self.metadata(progress))
    for tensor in state.result.network.parameters.tensors() { weights.append(tensor) }
    let weightsFile = weights
    try CheckpointError.withTensors { () throws(SafeTensorsError) in
      try weightsFile.write(to: model)
    }
  }

  private static let gradientNormSum = "gradient_norm.partial_sum"

  private func metadata(_ progress: TrainingProgress) -> [String: String] {
    var metadata = [
      "format": "pt", "steps": "\(progress.steps)", "epochs": "\(progress.epochs)",
    ]
    if let loss = progress.epochLosses.last { metadata["loss"] = "\(loss)" }
    return metadata
  }

  /// Returns the configuration of the run, its model, and the number of steps that the model was trained for.
  ///
  /// All three are of one run, even while another run replaces it. `steps` is 0 if the run was stopped before
  /// its first save, and nil if the file does not record it, for example if another program wrote it.
  /// `architecture` is the model that a program has built, if the run is of such a model.
  package func load(
    as architecture: DiffusionModel? = nil
  ) throws(CheckpointError) -> (
    configuration: RunConfiguration, model: DiffusionModel, steps: Int?
  ) {
    try FolderLock.reading.hold(path) { () throws(CheckpointError) in
      let configuration = try configuration()
      let (model, steps) = try modelAndSteps(configuration, architecture)
      return (configuration, model, steps)
    }
  }

  /// Returns the training that `model` was loaded from: its state, its progress and its metrics.
  ///
  /// If a save was killed between its two files, the state is later than `model`. `isCustom` says that a
  /// program has built the model.
  ///
  /// - Throws: ``CheckpointError`` if a file cannot be read, or if the run has been trained further or replaced
  ///   since `model` was loaded.
  package func training(
    of model: DiffusionModel, _ configuration: RunConfiguration, isCustom: Bool
  ) throws(CheckpointError) -> (
    state: TrainingState, progress: TrainingProgress, metrics: [EpochMetrics]
  ) {
    try FolderLock.reading.hold(path) { () throws(CheckpointError) in
      let architecture = isCustom ? model : nil
      let (state, progress) = try training(configuration, as: architecture)
      let parameters = model.network.parameters
      if state.result.network.parameters != parameters {
        // A save that was killed between its two files leaves an older model in the second. The state is then
        // a later one of the same run.
        let stored = try modelAndSteps(configuration, architecture)
        guard stored.model.network.parameters == parameters, let steps = stored.steps,
          progress.steps > steps
        else { throw unusable("its run has changed since the model was loaded; load it again") }
      }
      return (state, progress, try metrics())
    }
  }

  /// Returns the progress of training and the metrics of its epochs.
  package func history() throws(CheckpointError) -> (
    progress: TrainingProgress, metrics: [EpochMetrics]
  ) {
    try FolderLock.reading.hold(path) { () throws(CheckpointError) in
      (try progress(), try metrics())
    }
  }

  private func modelAndSteps(
    _ configuration: RunConfiguration, _ architecture: DiffusionModel?
  ) throws(CheckpointError) -> (model: DiffusionModel, steps: Int?) {
    let modelPath = current(modelPath)
    var model = try CheckpointError.inFile(modelPath) { () throws(CheckpointError) in
      try configuration.makeModel(as: architecture)
    }
    let steps = try reading(modelPath) { file throws(SafeTensorsError) in
      let known = Set(model.network.parameters.names)
      if let stranger = file.tensors.first(where: { !known.contains($0.name) }) {
        throw .tensor(
          stranger.name,
          "the network of config.json has no such tensor; use a checkpoint of the same network")
      }
      try model.network.parameters.load(file)
      return file.metadata["steps"].flatMap { Int($0) }
    }
    return (model, steps)
  }

  /// Calls `body` with the contents of the file at `path`.
  private func reading<Result>(
    _ path: String, _ body: (SafeTensorsFile) throws(SafeTensorsError) -> Result
  ) throws(CheckpointError) -> Result {
    try CheckpointError.withTensors { () throws(SafeTensorsError) in
      let file = try SafeTensorsFile(path: path, sizeLimit: Self.sizeLimit)
      return try SafeTensorsError.inFile(path) { () throws(SafeTensorsError) in try body(file) }
    }
  }

  /// Returns the state and progress of the training.
  ///
  /// `architecture` is the model that a program has built, if the run is of such a model.
  package func training(
    _ configuration: RunConfiguration, as architecture: DiffusionModel? = nil
  ) throws(CheckpointError) -> (state: TrainingState, progress: TrainingProgress) {
    let trainingPath = current(trainingPath)
    var model = try CheckpointError.inFile(trainingPath) { () throws(CheckpointError) in
      try configuration.makeModel(as: architecture)
    }
    return try reading(trainingPath) { file throws(SafeTensorsError) in
      var first = Parameters(zeros: model.network.parameters.layout)
      var second = first
      try model.network.parameters.load(file, prefix: "parameter.")
      try first.load(file, prefix: "first_moment.")
      try second.load(file, prefix: "second_moment.")
      let progress = try Self.progress(file)
      try check(progress, configuration)
      for index in second.layout.declarations.indices {
        let elements = second[index].elements
        for i in elements.indices where elements[i] < 0 {
          throw .tensor(
            "second_moment." + second.names[index],
            "element \(i), a mean of squares, is \(elements[i]); use an earlier checkpoint")
        }
      }
      let optimizer = Adam(
        steps: progress.steps, firstMoments: first, secondMoments: second,
        learningRate: configuration.training.learningRate)
      return (
        TrainingState(
          model: model, optimizer: optimizer,
          average: try average(configuration, like: model.network.parameters, file)), progress
      )
    }
  }

  private func average(
    _ configuration: RunConfiguration, like parameters: Parameters, _ file: SafeTensorsFile
  ) throws(SafeTensorsError) -> ExponentialMovingAverage? {
    guard let decay = configuration.training.emaDecay else { return nil }
    guard let updates = file.metadata["average_updates"].flatMap({ Int($0) }), updates >= 0,
      updates < 1 << 48
    else {
      throw .metadata(
        "average_updates", "it is missing or not a number of steps; use an earlier checkpoint")
    }
    var average = parameters
    try average.load(file, prefix: "average.")
    return ExponentialMovingAverage(average, decay: decay, updates: updates)
  }

  /// Throws if a training of this configuration cannot have this progress.
  private func check(
    _ progress: TrainingProgress, _ configuration: RunConfiguration
  ) throws(SafeTensorsError) {
    // Without the data, the number of steps per epoch is unknown.
    if configuration.dataset.count == 0 { return }
    let perEpoch = configuration.stepsPerEpoch
    if progress.steps / perEpoch != progress.epochs
      || progress.steps % perEpoch != progress.partialLossCount
    {
      throw .metadata(
        "steps",
        """
        \(progress.steps) steps are not \(progress.epochs) epochs of \(perEpoch) and \
        \(progress.partialLossCount) more; use the config.json of this run, or an earlier checkpoint
        """)
    }
  }

  /// Returns the progress of training.
  package func progress() throws(CheckpointError) -> TrainingProgress {
    try reading(current(trainingPath)) { file throws(SafeTensorsError) in
      try Self.progress(file)
    }
  }

  private static func progress(_ file: SafeTensorsFile) throws(SafeTensorsError) -> TrainingProgress
  {
    guard let steps = file.metadata["steps"].flatMap({ Int($0) }), steps >= 0, steps < 1 << 48
    else {
      throw .metadata("steps", "it is missing or not a number of steps; use an earlier checkpoint")
    }
    let sum = try file.tensor("loss.partial_sum", shape: [1]).doubles()
    let count = try file.integers("loss.partial_count", shape: [1])
    guard count[0] >= 0 && count[0] <= steps else {
      throw .tensor(
        "loss.partial_count", "\(count[0]) is not a number of steps; use an earlier checkpoint")
    }
    // Saves of earlier versions have no such tensor.
    let norms =
      file[gradientNormSum] == nil
      ? nil : try file.tensor(gradientNormSum, shape: [1]).doubles()
    return TrainingProgress(
      steps: steps, epochLosses: try file.tensor("loss.epochs").doubles(),
      partialLossSum: sum[0], partialLossCount: count[0],
      partialGradientNormSum: norms?[0] ?? (count[0] == 0 ? 0 : nil))
  }
}
