package import Diffusion
import LangevinErrors
import LangevinFiles
package import LinearAlgebra

extension RunFolder {
  /// All that going on with the run needs, which is made ready for it: what a program that was killed
  /// left behind is removed, and `config.json` holds `configuration`, which may differ from that of the run in the
  /// number of epochs and in where the data lie (``RunConfiguration/moveData(to:labels:)``), and in nothing else.
  ///
  /// - Throws: ``CheckpointError`` if the run cannot be read, or has more steps than those epochs, or if
  ///   a training is at work in the folder.
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

  /// Refuses to take the run in the folder for one of `configuration`, whose number of epochs may differ.
  ///
  /// - Throws: ``CheckpointError`` that says what else differs, or why the run cannot be read.
  package func requireRun(of configuration: RunConfiguration) throws(CheckpointError) {
    let differences = try self.configuration().differences(from: configuration)
    if differences.isEmpty { return }
    let few = differences.prefix(3).joined(separator: ", ")
    let more = differences.count > 3 ? ", and \(differences.count - 3) more" : ""
    throw .existingRun(path: path, difference: few.printable + more)
  }
}

extension RunConfiguration {
  /// Refuses a number of epochs that a training has gone beyond.
  package func requireRoom(for progress: TrainingProgress) throws(CheckpointError) {
    if progress.steps <= training.epochs * stepsPerEpoch { return }
    throw .format(
      """
      epochs \(training.epochs): the run has \(progress.steps) steps already, \(stepsPerEpoch) an epoch; give \
      a larger number
      """)
  }

  /// Refuses data that are not those that the run has been trained on, as far as their moments tell.
  ///
  /// - Parameter rows: The rows that training sees.
  package func requireMoments(of rows: Matrix) throws(CheckpointError) {
    var now = self
    now.moments = DataMoments(points(of: rows))
    if let difference = try differences(from: now).first { throw .format(difference) }
  }
}
