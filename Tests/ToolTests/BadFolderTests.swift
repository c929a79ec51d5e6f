import Foundation
import Testing

/// Folders and files that cannot be read or written.
@Suite struct BadFolderTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TrainedRun.copy()
    try folder.write(Data("a file".utf8), to: "file")
    try FileManager.default.createDirectory(
      at: folder.url("empty"), withIntermediateDirectories: true)
    return folder
  }

  @Test(arguments: ["file", "file/run", "file/a/b", ""])
  func rejectsImpossibleOutputFolders(path: String) throws {
    let line = try Tool.refuse(TrainedRun.options.dropLast() + [path], in: folder())
    #expect(line.contains(path.isEmpty ? "the path of the folder is empty" : "\(path): "))
  }

  @Test func replacesARunOnlyWithOverwrite() throws {
    let line = try Tool.refuse(TrainedRun.options, in: folder())
    #expect(line.contains("run: it already holds a run") && line.contains("--overwrite"))
  }

  @Test(
    arguments: [
      ("missing", "there is no such folder"), ("empty", "it holds no run"),
      ("file", "it holds no run"),
      ("file/run", "there is no such folder"), ("", "the path of the folder is empty"),
    ],
    [
      ["info"], ["resume"], ["sample", "--output", "new.csv"], ["plot", "--output", "new.svg"],
      ["animate", "--output", "new.webp"], ["report", "--output", "new.html"],
    ])
  func rejectsFoldersWithoutARun(_ folder: (path: String, problem: String), command: [String])
    throws
  {
    let arguments = [command[0], folder.path] + command.dropFirst()
    let line = try Tool.refuse(arguments, in: self.folder())
    #expect(line.contains("\(folder.path): \(folder.problem); name the folder of a run"))
  }

  @Test(
    arguments: ["sample", "plot", "animate", "report"],
    ["missing/new", "file/new", "empty"])
  func rejectsUnwritableOutputs(command: String, path: String) throws {
    let folder = try folder()
    let ends = ["sample": ".npy", "plot": ".svg", "animate": ".webp", "report": ".html"]
    let end = try #require(ends[command])
    try FileManager.default.createDirectory(
      at: folder.url("empty\(end)"), withIntermediateDirectories: true)
    let line = try Tool.refuse(
      [command, "run", "--output", path + end, "--count", "50"], in: folder)
    #expect(line.contains("\(path)\(end)"))
  }

  @Test func rejectsUnwritableTrajectories() throws {
    let folder = try folder()
    try Tool.refuse(
      ["sample", "run", "--output", "new.csv", "--trajectory", "file/states.npy"], in: folder)
  }
}
