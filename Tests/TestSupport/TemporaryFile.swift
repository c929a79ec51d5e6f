import Foundation

/// A file that is deleted after use.
public enum TemporaryFile {
  /// Calls `body` with a path that ends in `name`, in a new folder.
  public static func with<Result>(_ name: String, _ body: (String) throws -> Result) throws
    -> Result
  {
    let folder = try newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.appendingPathComponent(name).path)
  }

  /// Calls an asynchronous `body` with such a path.
  public static func with<Result>(_ name: String, _ body: (String) async throws -> Result)
    async throws -> Result
  {
    let folder = try newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.appendingPathComponent(name).path)
  }

  private static func newFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("langevin-tests-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
