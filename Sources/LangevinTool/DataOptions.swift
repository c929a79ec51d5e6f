import ArgumentParser

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
    "The file that the run was trained on, if it has moved; it must have the same contents.",
    valueName: "FILE")

  /// Whether anything was asked for.
  var areGiven: Bool { data != nil || labels != nil }

  /// What was asked for.
  var moved: MovedData { MovedData(data: data, labels: labels) }
}
