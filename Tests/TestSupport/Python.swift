import Foundation

/// The Python that the environment variable `LANGEVIN_PYTHON` names; otherwise it is `python3`.
public enum Python {
  public static let hasNumPy = (try? run("import numpy"))?.status == 0
  public static let hasScikitLearn = (try? run("import scipy.stats, sklearn.datasets"))?.status == 0

  /// Runs `script` with `arguments` to its end.
  public static func run(
    _ script: String, _ arguments: [String] = []
  ) throws -> (status: Int32, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let python = ProcessInfo.processInfo.environment["LANGEVIN_PYTHON"] ?? "python3"
    process.arguments = [python, "-c", script] + arguments
    return try TemporaryFile.with("errors") { errors in
      try Data().write(to: URL(fileURLWithPath: errors))
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle(forWritingAtPath: errors)
      let ended = DispatchSemaphore(value: 0)
      process.terminationHandler = { _ in ended.signal() }
      try process.run()
      if ended.wait(timeout: .now() + 120) == .timedOut {
        process.terminate()
        ended.wait()
      }
      return (process.terminationStatus, try String(contentsOfFile: errors, encoding: .utf8))
    }
  }
}

/// A file that goes away.
public enum TemporaryFile {
  /// Calls `body` with a path that ends in `name`, in a folder of its own.
  public static func with<Result>(_ name: String, _ body: (String) throws -> Result) throws
    -> Result
  {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("langevin-tests-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.appendingPathComponent(name).path)
  }
}
