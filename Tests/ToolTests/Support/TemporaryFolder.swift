import Foundation

/// A folder that is deleted with its owner.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("langevin-tests-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func url(_ name: String) -> URL { url.appendingPathComponent(name) }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: url(name)) }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  func write(_ bytes: Data, to name: String) throws { try bytes.write(to: url(name)) }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: url(name).path)
  }

  /// Returns the bytes of every file in the folder by its path, including hidden files; folders have no
  /// bytes.
  func contents() throws -> [String: Data] {
    var result: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: url.path) {
      var isFolder: ObjCBool = false
      // Follows symbolic links.
      let exists = unsafe FileManager.default.fileExists(
        atPath: url(name).path, isDirectory: &isFolder)
      result[name] = exists && isFolder.boolValue ? Data() : try bytes(name)
    }
    return result
  }

  /// Returns the contents except for the speed of steps, which depends on the clock.
  func contentsWithoutTimes() throws -> [String: Data] {
    var result = try contents()
    for name in result.keys where name.hasSuffix("metrics.jsonl") {
      let text = try text(name).replacing(#/"stepsPerSecond":[0-9.e+-]+/#, with: "")
      result[name] = Data(text.utf8)
    }
    return result
  }
}
