import ArgumentParser
import Checkpoints

/// The options for the new paths of moved data, shared by all commands that read the data of a run.
struct DataOptions: ParsableArguments {
  @Option(help: fileHelp, completion: .file(extensions: ["csv", "npy"]))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "New path of the file of labels that the run was trained on, if it has moved.",
      valueName: "FILE"),
    completion: .file(extensions: ["npy", "csv"]))
  var labels: String?

  /// The help of `--data`, shared with a command that uses `--labels` for another purpose as well.
  static let fileHelp = ArgumentHelp(
    "New path of the file that the run was trained on, if it has moved; its contents must be the same.",
    valueName: "FILE")

  /// Whether any option was given.
  var areGiven: Bool { data != nil || labels != nil }

  /// The new paths.
  var moved: MovedData { MovedData(data: data, labels: labels) }
}

/// The new paths of the data files that have moved since training; nil for a file that has not moved.
struct MovedData {
  var data: String?
  var labels: String?

  /// Sets the new paths in `configuration`.
  func apply(to configuration: inout RunConfiguration) throws {
    do {
      try configuration.moveData(to: data)
    } catch {
      throw ToolError("\(Self.dataOption) \(error)")
    }
    do {
      try configuration.moveData(to: nil, labels: labels)
    } catch {
      throw ToolError("\(Self.labelsOption) \(error)")
    }
  }

  static let dataOption = "--data"
  static let labelsOption = "--labels"
}
