import Foundation
import LangevinErrors
import LangevinFiles
import Testing

@testable import Plots

@Suite("Writing files")
struct WritingTests {
  /// A temporary folder, removed when this object is deallocated.
  private final class Folder {
    let path: String

    init() throws {
      let url = FileManager.default.temporaryDirectory.appending(path: "plots-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
      path = url.path(percentEncoded: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var names: [String] {
      get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
  }

  private let plot = LossCurve([3, 2, 1])

  @Test(
    "The file contains the encoded bytes and replaces an existing one",
    arguments: [
      "a.png", "b.SVG",
    ])
  func writes(name: String) throws {
    let folder = try Folder()
    let path = "\(folder.path)/\(name)"
    try Data("old".utf8).write(to: URL(filePath: path))
    try plot.write(to: path, scale: 1)
    let expected = try plot.encoded(as: PlotFormat(path: name), scale: 1)
    #expect(try Array(Data(contentsOf: URL(filePath: path))) == expected)
    #expect(try folder.names == [name])
  }

  @Test("The error names a missing folder and the reason", arguments: ["none", "file"])
  func noFolder(parent: String) throws {
    let folder = try Folder()
    try Data().write(to: URL(filePath: "\(folder.path)/file"))
    let path = "\(folder.path)/\(parent)/a.png"
    let error = FileError(
      path: path, reason: "its directory cannot be opened; create it first",
      code: parent == "none" ? ENOENT : ENOTDIR)
    #expect(throws: PlotError.cannotWrite(error)) { try plot.write(to: path) }
    #expect(try folder.names == ["file"])
  }

  @Test("A folder is not replaced, keeps its contents, and no temporary file is left")
  func renameFails() throws {
    let folder = try Folder()
    // A file cannot replace a folder that is not empty.
    let path = "\(folder.path)/taken.png"
    try FileManager.default.createDirectory(
      atPath: "\(path)/inside", withIntermediateDirectories: true)
    let error = FileError(path: path, reason: "it is a directory; name a regular file")
    #expect(throws: PlotError.cannotWrite(error)) { try plot.write(to: path) }
    #expect(try folder.names == ["taken.png"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["inside"])
  }

  @Test(
    "A read-only folder keeps its old files",
    .enabled(if: geteuid() != 0, "root may write to any folder"))
  func readOnlyFolder() throws {
    let folder = try Folder()
    let path = "\(folder.path)/a.png"
    try Data("old".utf8).write(to: URL(filePath: path))
    let manager = FileManager.default
    try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
    defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path) }
    #expect(throws: PlotError.self) { try plot.write(to: path) }
    #expect(try folder.names == ["a.png"])
    #expect(try Data(contentsOf: URL(filePath: path)) == Data("old".utf8))
  }

  @Test("A plot that cannot be drawn leaves the file unchanged")
  func drawingFails() throws {
    let folder = try Folder()
    let path = "\(folder.path)/a.png"
    try Data("old".utf8).write(to: URL(filePath: path))
    #expect(throws: PlotError.invalidScale(-1)) { try plot.write(to: path, scale: -1) }
    #expect(try Data(contentsOf: URL(filePath: path)) == Data("old".utf8))
    #expect(try folder.names == ["a.png"])
  }
}
