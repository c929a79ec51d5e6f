import Checkpoints
import Foundation
import Testing

/// Runs whose data files have moved.
@Suite struct MovedDataTests {
  private static let options = [
    "train", "rows.csv", "--image", "2x2", "--labels", "kinds.csv", "--epochs", "2", "--batch",
    "16", "--hidden", "8,8", "--decay", "none", "--output", "run", "--quiet",
  ]

  /// Returns a run of images with labels whose data files have been moved.
  private func folder(moving names: [String] = ["rows.csv", "kinds.csv"]) throws -> TemporaryFolder
  {
    let folder = try TemporaryFolder()
    let rows = (0..<60).map { "\($0 * 37 % 256),\($0 * 91 % 256),\($0),\($0 * $0 % 256)\n" }
    try folder.write(Data("a,b,c,d\n\(rows.joined())".utf8), to: "rows.csv")
    let kinds = (0..<60).map { "\(["x", "y"][$0 % 2])\n" }
    try folder.write(Data("kind\n\(kinds.joined())".utf8), to: "kinds.csv")
    try Tool.succeed(Self.options, in: folder)
    try FileManager.default.createDirectory(
      at: folder.url("moved"), withIntermediateDirectories: false)
    for name in names {
      try FileManager.default.moveItem(at: folder.url(name), to: folder.url("moved/\(name)"))
    }
    return folder
  }

  /// All commands that read the data of a run.
  static let readers = [
    ["resume", "run", "--epochs", "3", "--quiet"],
    ["evaluate", "run", "--count", "50", "--sets", "2", "--measures", "sliced_w2", "--quiet"],
    ["report", "run", "--count", "50", "--sets", "2", "--output", "new.html", "--quiet"],
    ["plot", "run", "--output", "new.png", "--quiet"],
    ["sample", "run", "--clip", "--count", "5", "--output", "new.csv", "--quiet"],
    ["sample", "run", "--prior", "moments", "--count", "5", "--output", "new.csv", "--quiet"],
  ]

  @Test(arguments: readers) func errorNamesTheOption(command: [String]) throws {
    // A run keeps the moments of its data.
    if command.contains("moments") { return }
    let line = try Tool.refuse(command, in: folder())
    #expect(line.contains("rows.csv: it cannot be opened: No such file or directory; "), "\(line)")
    #expect(line.hasSuffix("if it has moved, pass its new path with --data"), "\(line)")
    let labels = try Tool.refuse(command, in: folder(moving: ["kinds.csv"]))
    #expect(labels.contains("kinds.csv: "), "\(labels)")
    #expect(labels.hasSuffix("if it has moved, pass its new path with --labels"), "\(labels)")
  }

  @Test(
    arguments: readers + [
      ["animate", "run", "--frames", "2", "--output", "new.webp", "--quiet"], ["info", "run"],
    ]) func usesTheNewPath(command: [String]) throws
  {
    let moved = ["--data", "moved/rows.csv", "--labels", "moved/kinds.csv"]
    try Tool.succeed(command + moved, in: folder())
  }

  /// The result is the same, and later commands work without the options.
  @Test func resumeRemembersTheNewPath() throws {
    let folder = try folder()
    try Tool.succeed(
      [
        "resume", "run", "--epochs", "3", "--quiet", "--data", "moved/rows.csv", "--labels",
        "moved/kinds.csv",
      ], in: folder)
    try Tool.succeed(["resume", "run", "--epochs", "4", "--quiet"], in: folder)
    let file = try #require(try folder.run.configuration().dataset.file)
    #expect(file.path.hasSuffix("/moved/rows.csv"))
    #expect(file.labels?.path.hasSuffix("/moved/kinds.csv") == true)

    let whole = try self.folder(moving: [])
    try Tool.succeed(["resume", "run", "--epochs", "4", "--quiet"], in: whole)
    #expect(
      try folder.bytes("run/training.safetensors") == whole.bytes("run/training.safetensors"))
  }

  /// The same command with the data at a new path and under a new name.
  @Test func trainResumeAcceptsMovedData() throws {
    let folder = try folder(moving: ["kinds.csv"])
    try FileManager.default.moveItem(at: folder.url("rows.csv"), to: folder.url("moved/new.csv"))
    let options = Self.options.map {
      ["rows.csv": "moved/new.csv", "kinds.csv": "moved/kinds.csv", "2": "3"][$0] ?? $0
    }
    try Tool.succeed(options + ["--resume"], in: folder)
    #expect(try folder.run.progress().epochs == 3)
    try Tool.succeed(["resume", "run", "--epochs", "4", "--quiet"], in: folder)
  }

  @Test(arguments: [
    (["--data", "other.csv"], "--data other.csv: it is not the file that the run was trained on"),
    (["--data", "none.csv"], "--data none.csv: it cannot be opened"),
    (["--labels", "rows.csv"], "--labels rows.csv: it is not the file that"),
  ]) func rejectsOtherData(options: [String], words: String) throws {
    let folder = try folder(moving: [])
    let text = try folder.text("rows.csv").replacing("255", with: "254")
    try folder.write(Data((text + "1,2,3,4\n").utf8), to: "other.csv")
    for command in Self.readers {
      let line = try Tool.refuse(command + options, in: folder)
      #expect(line.hasPrefix("Error: \(words)"), "\(line)")
    }
  }

  /// A named data set is generated and has no file.
  @Test func namedDatasetRejectsAPath() throws {
    let folder = try TrainedRun.copy()
    try folder.write(Data("x,y\n1,2\n".utf8), to: "a.csv")
    for command in [
      ["resume", "run"], ["info", "run"], ["sample", "run", "--output", "new.csv"],
    ] {
      let line = try Tool.refuse(command + ["--data", "a.csv"], in: folder)
      #expect(
        line
          == "Error: --data a.csv: the run was trained on swiss-roll, not on a file; leave this one out"
      )
      let labels = try Tool.refuse(command + ["--labels", "a.csv"], in: folder)
      #expect(
        labels
          == "Error: --labels a.csv: the run has no separate file of labels; leave this one out")
    }
  }
}
