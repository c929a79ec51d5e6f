public import Foundation

/// A program started by a test. Its output goes to files, because a pipe may fill up.
public final class ChildProcess {
  /// The result of a program that has ended.
  public struct Result {
    public let status: Int32
    public let wasKilled: Bool
    public let hasTimedOut: Bool
    public let output: Data
    public let errors: String
  }

  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)
  /// The folder of its output.
  public let folder: URL

  /// Starts `command`, a path and its arguments, in the folder `directory` or in the folder of the
  /// tests.
  ///
  /// `environment` replaces that of the tests. Standard error goes to a file unless `errors` is given,
  /// which remains owned by the caller.
  public init(
    _ command: [String], in directory: URL? = nil, environment: [String: String]? = nil,
    errors: FileHandle? = nil
  ) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("langevin-process-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = directory
    process.environment = environment ?? ProcessInfo.processInfo.environment
    process.standardInput = FileHandle.nullDevice
    let own = [try stream("output"), try stream("errors")]
    process.standardOutput = own[0]
    process.standardError = errors ?? own[1]
    let ended = ended
    process.terminationHandler = { _ in ended.signal() }
    // Foundation may keep a process that has ended, and its files, alive. With more than a thousand open
    // files `Process.run` reads beyond its list of open files and crashes.
    defer { for file in own { try? file.close() } }
    try process.run()
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func stream(_ name: String) throws -> FileHandle {
    let file = folder.appendingPathComponent(name)
    try Data().write(to: file)
    return try FileHandle(forWritingTo: file)
  }

  private func bytes(_ name: String) -> Data {
    (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data()
  }

  public var arguments: [String] { process.arguments ?? [] }
  public var isRunning: Bool { process.isRunning }

  /// The content of standard error so far.
  public var errors: String { String(decoding: bytes("errors"), as: UTF8.self) }

  public func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for the program to end. Kills a program that runs longer than `limit`, in seconds.
  public func result(limit: Double) -> Result {
    let hasTimedOut = ended.wait(timeout: .now() + limit) == .timedOut
    if hasTimedOut {
      send(SIGKILL)
      ended.wait()
    }
    return Result(
      status: process.terminationStatus,
      wasKilled: process.terminationReason == .uncaughtSignal, hasTimedOut: hasTimedOut,
      output: bytes("output"), errors: errors)
  }
}
