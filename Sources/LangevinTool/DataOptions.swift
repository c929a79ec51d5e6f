import ArgumentParser
import Checkpoints

/// Where the data of a run are now, as every command takes it that reads them.
struct DataOptions: ParsableArguments {
  @Option(help: fileHelp, completion: .file(extensions: ["csv", "npy"]))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "The file of the labels that the run was trained on, if it has moved.", valueName: "FILE"),
    completion: .file(extensions: ["npy", "csv"]))
  var labels: String?

  /// Of `--data`, for a command, too, that has another use for `--labels`.
  static let fileHelp = ArgumentHelp(
    "The file that the run was trained on, if it has moved; it must have the same bytes.",
    valueName: "FILE")

  /// Whether anything was asked for.
  var areGiven: Bool { data != nil || labels != nil }

  /// What was asked for.
  var moved: MovedData { MovedData(data: data, labels: labels) }
}

/// Where files of data are that have moved since training; nil where one has not.
struct MovedData {
  var data: String?
  var labels: String?

  /// Makes them the data of `configuration`.
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
