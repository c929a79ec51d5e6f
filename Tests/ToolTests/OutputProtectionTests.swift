import Foundation
import Testing

/// Outputs that would replace a file of a run or its training data.
@Suite struct OutputProtectionTests {
  /// Adds other names for the files of `run`: links to the files, and a link to the folder.
  private func folder(_ folder: TemporaryFolder) throws -> TemporaryFolder {
    let manager = FileManager.default
    let run = folder.url("run")
    for (name, target) in [
      ("link.json", "config.json"), ("link.npy", "model.safetensors"),
      ("link.png", "metrics.jsonl"),
      ("link.webp", "training.safetensors"), ("link.html", "config.json"),
      ("link.csv", "training.safetensors"),
    ] {
      try manager.createSymbolicLink(
        at: folder.url(name), withDestinationURL: run.appendingPathComponent(target))
      let hard = folder.url(name.replacing("link", with: "hard"))
      try manager.linkItem(at: run.appendingPathComponent(target), to: hard)
    }
    try manager.createSymbolicLink(at: folder.url("alias"), withDestinationURL: run)
    return folder
  }

  @Test(arguments: [
    ["sample", "run", "--count", "3", "--output", "run/config.json"],
    ["sample", "run", "--count", "3", "--output", "./run/../run//config.json"],
    ["sample", "run", "--count", "3", "--output", "alias/config.json"],
    ["sample", "run", "--count", "3", "--output", "link.json"],
    ["sample", "run", "--count", "3", "--output", "hard.json"],
    ["sample", "run", "--count", "3", "--output", "hard.json", "--overwrite"],
    ["sample", "run", "--count", "3", "--output", "new.csv", "--trajectory", "link.npy"],
    ["sample", "run", "--count", "3", "--output", "new.csv", "--trajectory", "hard.npy"],
    ["plot", "run", "--output", "link.png"], ["plot", "run", "--output", "hard.png"],
    ["animate", "run", "--output", "link.webp"], ["report", "run", "--output", "hard.html"],
    ["data", "moons", "--count", "3", "--output", "run/config.json"],
    ["data", "moons", "--count", "3", "--output", "link.json"],
  ]) func protectsFilesOfARun(command: [String]) throws {
    let line = try Tool.refuse(command, in: folder(TrainedRun.copy()))
    #expect(line.contains("it is a file of the run in "), "\(line)")
    #expect(line.hasSuffix("; name another file"))
    #expect(line.contains(command.contains("--trajectory") ? "--trajectory " : "--output "))
  }

  /// Other files in the folder of a run are not protected.
  @Test func writesOtherFilesIntoTheFolderOfARun() throws {
    let folder = try TrainedRun.copy()
    for _ in 0..<2 {
      try Tool.succeed(["sample", "run", "--count", "3", "--output", "run/new.json"], in: folder)
    }
  }

  private func table() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let rows = (0..<40).map { "\($0 % 5 == 1 ? "" : "\($0)"),\($0 * 37 % 90)\n" }.joined()
    try folder.write(Data("a,b\n\(rows)".utf8), to: "rows.csv")
    try Tool.succeed(
      [
        "train", "rows.csv", "--epochs", "1", "--hidden", "8,8", "--batch", "20", "--output", "run",
        "--quiet",
      ], in: folder)
    try FileManager.default.createSymbolicLink(
      at: folder.url("same.csv"), withDestinationURL: folder.url("rows.csv"))
    try FileManager.default.linkItem(at: folder.url("rows.csv"), to: folder.url("hard.csv"))
    return folder
  }

  @Test(arguments: ["rows.csv", "./rows.csv", "run/../rows.csv", "same.csv", "hard.csv"])
  func replacesTrainingDataOnlyWithOverwrite(output: String) throws {
    let folder = try table()
    for command in [
      ["sample", "run", "--count", "3"], ["impute", "run", "--input", "rows.csv", "--draws", "1"],
    ] {
      let line = try Tool.refuse(command + ["--output", output], in: folder)
      #expect(
        line == """
          Error: --output \(output): the run was trained on this file; name another one, or pass \
          --overwrite
          """)
    }
    let before = try folder.bytes("rows.csv")
    try Tool.succeed(
      ["sample", "run", "--count", "3", "--output", "rows.csv", "--overwrite"], in: folder)
    #expect(try folder.bytes("rows.csv") != before)
  }

  /// A table other than the training data may be imputed in place.
  @Test func imputesInPlace() throws {
    let folder = try table()
    try folder.write(folder.bytes("rows.csv"), to: "copy.csv")
    try Tool.succeed(
      ["impute", "run", "--input", "copy.csv", "--output", "copy.csv", "--draws", "1"], in: folder)
    #expect(!(try folder.text("copy.csv").contains("\n,")))
    try Tool.succeed(
      [
        "impute", "run", "--input", "rows.csv", "--output", "rows.csv", "--draws", "1",
        "--overwrite",
      ], in: folder)
    #expect(try folder.bytes("rows.csv") == folder.bytes("copy.csv"))
  }

  /// Two names of the same file count as the same output.
  @Test func outputAndTrajectoryMustDiffer() throws {
    let line = try Tool.refuse(
      ["sample", "run", "--output", "a.npy", "--trajectory", "./a.npy"], in: TrainedRun.copy())
    #expect(
      line == "Error: --output a.npy and --trajectory ./a.npy: they are the same file; name two")
    let labels = try Tool.refuse(
      [
        "sample", "run", "--output", "a.npy", "--trajectory", "b.npy", "--labels-output", "./b.npy",
      ], in: TrainedRun.copy())
    #expect(
      labels
        == "Error: --trajectory b.npy and --labels-output ./b.npy: they are the same file; name two"
    )
  }
}
