package import Diffusion
import LangevinErrors
import LangevinFiles
package import LinearAlgebra

extension RunFolder {
  /// Prepares the folder for resuming its run, and returns the state and progress of training.
  ///
  /// This removes what a killed program has left behind, and writes `configuration` to `config.json`. Only
  /// the number of epochs and the paths of the data (``RunConfiguration/moveData(to:labels:)``) may differ
  /// from the configuration of the run.
  ///
  /// - Throws: ``CheckpointError`` if the run cannot be read, if it has more steps than the epochs of
  ///   `configuration`, or if a training is using the folder.
  package func resume(
    _ configuration: RunConfiguration, as architecture: DiffusionModel? = nil
  ) throws(CheckpointError) -> (state: TrainingState, progress: TrainingProgress) {
    try FolderLock.writing.hold(path) { () throws(CheckpointError) in
      try requireNoTraining()
      let saved = try training(configuration, as: architecture)
      try CheckpointError.inFile(path) { () throws(CheckpointError) in
        try configuration.requireRoom(for: saved.progress)
      }
      try cleanUp()
      if try configuration != self.configuration() {
        try write(configuration, to: configurationPath)
      }
      return saved
    }
  }

  /// Throws unless the run in the folder has the settings of `configuration`; the number of epochs may
  /// differ.
  ///
  /// - Throws: ``CheckpointError`` that names the differences, or the reason why the run cannot be read.
  package func requireRun(of configuration: RunConfiguration) throws(CheckpointError) {
    let differences = try self.configuration().differences(from: configuration)
    if differences.isEmpty { return }
    let few = differences.prefix(3).joined(separator: ", ")
    let more = differences.count > 3 ? ", and \(differences.count - 3) more" : ""
    throw .existingRun(path: path, difference: few.printable + more)
  }
}

extension RunConfiguration {
  /// Throws if `progress` has more steps than all epochs of this configuration.
  package func requireRoom(for progress: TrainingProgress) throws(CheckpointError) {
    if progress.steps <= training.epochs * stepsPerEpoch { return }
    throw .format(
      """
      epochs \(training.epochs): the run has \(progress.steps) steps already, \(stepsPerEpoch) per epoch; \
      choose a larger number
      """)
  }

  /// Throws if the moments of `rows` differ from those of the data that the run was trained on.
  ///
  /// - Parameter rows: The rows that training sees.
  package func requireMoments(of rows: Matrix<Float>) throws(CheckpointError) {
    var now = self
    now.moments = DataMoments(points(of: rows))
    if let difference = try differences(from: now).first { throw .format(difference) }
  }
}
