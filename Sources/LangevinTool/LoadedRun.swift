import Checkpoints
import Diffusion
import Langevin
import LangevinErrors
import LangevinFiles

/// A run that a command draws samples from.
struct LoadedRun {
  let folder: RunFolder
  let configuration: RunConfiguration
  let generative: GenerativeModel
  var model: DiffusionModel { generative.diffusion }
  /// The files that the command must not replace.
  let files: ProtectedFiles

  /// Loads the run in `folder`, whose data may have new paths in `moved`.
  ///
  /// - Throws: An error if the run cannot be loaded, or has taken no steps: its samples would be noise.
  init(_ folder: RunFolder, _ moved: MovedData = MovedData()) throws {
    self.folder = folder
    generative = try GenerativeModel(contentsOf: folder.path)
    let saved = generative.configuration
    if generative.steps == 0 {
      throw ToolError(
        """
        the run in \(folder.path.printable) is not trained yet (0 steps); resume it with: \
        langevin resume \(folder.path.quotedForShell)
        """)
    }
    var configuration = saved
    try moved.apply(to: &configuration)
    self.configuration = configuration
    files = ProtectedFiles(
      run: folder, data: [saved, configuration].flatMap { $0.dataset.file?.paths ?? [] })
  }
}

extension RunConfiguration.FileSource {
  /// The paths of the data and of the labels.
  fileprivate var paths: [String] { [path] + (labels.map { [$0.path] } ?? []) }
}
