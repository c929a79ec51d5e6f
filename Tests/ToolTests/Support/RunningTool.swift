import Foundation
import Testing

/// The tool at work.
final class RunningTool {
  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)
  // Outside the folder, whose contents are compared. Files, because a pipe may fill up.
  private let streams: TemporaryFolder
  // Ample under a sanitizer on a machine that does other work besides.
  private static let limit = 300.0

  /// `wrapper` is a command that is given the tool and its arguments, and starts it. Standard error goes to
  /// a file unless `errors` is given.
  init(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:],
    wrapper: [String] = [], errors: FileHandle? = nil
  ) throws {
    streams = try TemporaryFolder()
    let command = wrapper + [try Tool.url().path] + arguments
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = folder.url
    var variables = ProcessInfo.processInfo.environment
    variables["LANGEVIN_KERNELS"] = nil
    process.environment = variables.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try stream("output")
    process.standardError = try errors ?? stream("errors")
    let ended = ended
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
  }

  private func stream(_ name: String) throws -> FileHandle {
    try Data().write(to: streams.url(name))
    return try FileHandle(forWritingTo: streams.url(name))
  }

  /// What standard error holds so far.
  var errors: String {
    String(decoding: (try? Data(contentsOf: streams.url("errors"))) ?? Data(), as: UTF8.self)
  }

  /// Sends SIGINT, as Ctrl-C does.
  func interrupt() { process.interrupt() }

  /// Sends SIGTERM, as kill does.
  func terminate() { process.terminate() }

  /// Sends SIGKILL, which no program can answer.
  func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

  /// Waits until standard error holds `text`, or the tool has ended.
  func waitForErrors(_ text: String) { wait { self.errors.contains(text) } }

  /// Waits until `condition` holds, or the tool has ended.
  func wait(until condition: () -> Bool) {
    let deadline = Date(timeIntervalSinceNow: Self.limit)
    while !condition() && process.isRunning && Date() < deadline {
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  /// Waits for the end. A tool that hangs is killed, and the test fails.
  func result(sourceLocation: SourceLocation = #_sourceLocation) throws -> ToolResult {
    if ended.wait(timeout: .now() + Self.limit) == .timedOut {
      kill()
      ended.wait()
      Issue.record(
        "\(process.arguments ?? []) did not end in \(Self.limit) s", sourceLocation: sourceLocation)
    }
    return ToolResult(
      status: process.terminationStatus,
      wasKilled: process.terminationReason == .uncaughtSignal,
      output: try Data(contentsOf: streams.url("output")), errors: errors)
  }
}
