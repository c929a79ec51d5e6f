import Checkpoints
import LangevinErrors
import LangevinFiles

/// The files that no output may replace: those of runs, and the data that a run was trained on.
struct ProtectedFiles {
  private let run: RunFolder?
  private let data: [String]

  /// Those of `run` and its `data`, and of any run in whose folder an output goes.
  init(run: RunFolder? = nil, data: [String] = []) {
    self.run = run
    self.data = data
  }

  /// Refuses to write `output`, as `option` asks, over one of them, be it through a link or by another name of
  /// the folder.
  ///
  /// - Parameter overwrite: Whether data may be replaced; nil if the command has no option for that.
  func check(_ output: String?, as option: String = "--output", overwrite: Bool? = nil) throws {
    guard let output, output != "-" else { return }
    let folders = [output, output.withoutLinks].compactMap { path in
      path.map { RunFolder($0.directoryAndName.directory) }
    }
    for run in [run].compactMap(\.self) + folders where run.holdsRun {
      if run.files.contains(where: { FileIdentity.areSame(output, $0) }) {
        throw ToolError(
          "\(option) \(output.printable): it is a file of the run in \(run.name); name another file"
        )
      }
    }
    if overwrite == true || !data.contains(where: { FileIdentity.areSame(output, $0) }) { return }
    throw ToolError(
      "\(option) \(output.printable): the run was trained on this file; name another one"
        + (overwrite == nil ? "" : ", or pass --overwrite"))
  }
}

extension RunFolder {
  /// The folder, without the slash that ends the directory of a path.
  fileprivate var name: String {
    (path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path).printable
  }
}
