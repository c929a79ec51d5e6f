import Checkpoints
import Foundation
import Testing

/// Full disks, and folders that are read-only or disappear: one line reports the problem, and the last
/// save stays intact.
@Suite struct WriteFailureTests {
  private let endless =
    TrainedRun.options(epochs: 1_000_000) + ["--checkpoint-every", "5", "--quiet"]

  /// Returns the single line of errors.
  private func failure(
    _ result: ToolResult, sourceLocation: SourceLocation = #_sourceLocation
  ) -> String {
    #expect(
      result.status == 1 && !result.wasKilled, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(
      result.errors.filter { $0 == "\n" }.count == 1, "\(result.errors)",
      sourceLocation: sourceLocation)
    #expect(result.errors.hasPrefix("Error: "), sourceLocation: sourceLocation)
    return result.errors
  }

  /// Resumes a run for a few more epochs, and compares it with an uninterrupted one.
  private func expectExactResume(_ folder: TemporaryFolder) throws {
    try folder.expectWholeRun()
    let epochs = try folder.run.progress().epochs + 2
    try Tool.succeed(["resume", "run", "--epochs", "\(epochs)"], in: folder)
    try folder.expectRun(trainedBy: TrainedRun.options(epochs: epochs))
  }

  #if os(Linux)
  @Test func reportsAFullStandardOutput() throws {
    let folder = try TrainedRun.copy()
    let command = ["sample", "run", "--count", "9", "--output", "-"]
    let line = failure(
      try Tool.run(
        command, in: folder,
        wrapper: ["/bin/sh", "-c", "exec \"$0\" \"$@\" > /dev/full"]))
    #expect(
      line == "Error: standard output: it cannot be written: No space left on device\n")
  }
  #endif

  @Test(.enabled(if: FileLimit.isPossible, "\(FileLimit.reason)"))
  func reportsALogThatCannotGrow() throws {
    let folder = try TemporaryFolder()
    let line = failure(try Tool.run(endless, in: folder, wrapper: FileLimit.wrapper(blocks: 40)))
    #expect(line.hasPrefix("Error: run/metrics.jsonl: it cannot be written: "))
    #expect(line.hasSuffix("the last save is intact; resume it with: langevin resume run\n"))
    #expect(try folder.run.progress().epochs > 0)
    try expectExactResume(folder)
  }

  @Test(.enabled(if: FileLimit.isPossible, "\(FileLimit.reason)"))
  func reportsASaveThatDoesNotFit() throws {
    let folder = try TrainedRun.copy()
    let before = try folder.contents()
    let line = failure(
      try Tool.run(
        ["resume", "run", "--epochs", "4", "--quiet"], in: folder,
        wrapper: FileLimit.wrapper(blocks: 4)))
    #expect(line.hasPrefix("Error: run/training.safetensors: it cannot be written: "))
    let after = try folder.contents()
    #expect(after.keys.sorted() == before.keys.sorted())
    for name in ["run/training.safetensors", "run/model.safetensors"] {
      #expect(after[name] == before[name])
    }
    try expectExactResume(folder)
  }

  @Test(.enabled(if: FileLimit.isPossible, "\(FileLimit.reason)"))
  func doesNotStartARunThatDoesNotFit() throws {
    let folder = try TrainedRun.copy()
    let before = try folder.contents()
    let command = TrainedRun.options(epochs: 9, seed: 1) + ["--overwrite", "--quiet"]
    let line = failure(try Tool.run(command, in: folder, wrapper: FileLimit.wrapper(blocks: 4)))
    #expect(line.contains("it cannot be written: "))
    #expect(try folder.contents() == before)
  }

  /// A file system of 64 kB. Its final content is copied to a place where the test can read it.
  @Test(.enabled(if: Mounts.arePossible, "\(Mounts.reason)"))
  func reportsAFullDisk() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url("disk"), withIntermediateDirectories: false)
    let script = """
      mount -t tmpfs -o size=64k tmpfs disk && cd disk && "$0" "$@"
      status=$?; cp -r run ..; exit $status
      """
    let line = failure(try Tool.run(endless, in: folder, wrapper: Mounts.wrapper(script)))
    #expect(line.contains(": No space left on device; the last save is intact; "))
    try FileManager.default.removeItem(at: folder.url("disk"))
    try expectExactResume(folder)
  }

  @Test(
    .enabled(if: geteuid() != 0 || Mounts.arePossible, "root may write everywhere"),
    arguments: [
      ["resume", "run", "--epochs", "3"], TrainedRun.options(epochs: 3) + ["--resume"],
      TrainedRun.options + ["--overwrite"],
    ])
  func reportsAReadOnlyFolder(command: [String]) throws {
    let folder = try TrainedRun.copy()
    let before = try folder.contents()
    let script =
      geteuid() == 0
      ? """
      mount --bind run run && mount -o remount,bind,ro run && exec "$0" "$@"
      """ : "exec \"$0\" \"$@\""
    let wrapper =
      geteuid() == 0 ? Mounts.wrapper(script) : ["/bin/sh", "-c", script]
    if geteuid() != 0 {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o555], ofItemAtPath: folder.url("run").path)
    }
    let result = try Tool.run(command + ["--quiet"], in: folder, wrapper: wrapper)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.url("run").path)
    #expect(failure(result).hasPrefix("Error: run/"))
    #expect(try folder.contents() == before)
  }

  @Test(arguments: [true, false])
  func reportsAFolderThatDisappears(isMoved: Bool) throws {
    let folder = try TemporaryFolder()
    let tool = try RunningTool(endless, in: folder)
    tool.wait { (try? folder.run.progress().epochs > 0) == true }
    if isMoved {
      try FileManager.default.moveItem(at: folder.url("run"), to: folder.url("moved"))
    } else {
      // A file may appear in a folder while it is being removed.
      while folder.exists("run") { try? FileManager.default.removeItem(at: folder.url("run")) }
    }
    let line = failure(try tool.result())
    #expect(line.hasPrefix("Error: run/"))
    #expect(line.contains("No such file or directory") && !folder.exists("run"), "\(line)")
    if isMoved {
      try FileManager.default.moveItem(at: folder.url("moved"), to: folder.url("run"))
      try expectExactResume(folder)
    }
  }
}
