import Checkpoints
import LangevinErrors
import LangevinFiles

/// The files that no output may replace: files of runs, and the data that a run was trained on.
struct ProtectedFiles {
  private let run: RunFolder?
  private let data: [String]

  /// Protects the files of `run`, its `data`, and the files of any run in the folder of an output.
  init(run: RunFolder? = nil, data: [String] = []) {
    self.run = run
    self.data = data
  }

  /// Throws if `output` is one of these files, even through a link or by another name of its folder.
  ///
  /// - Parameters:
  ///   - output: The path of the output, `-`, or nil without output.
  ///   - option: The option that names the output, for the error.
  ///   - overwrite: Whether data may be replaced; nil if the command has no option for that.
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
  /// The path of the folder for messages, without a slash at the end.
  fileprivate var name: String {
    (path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path).printable
  }
}
