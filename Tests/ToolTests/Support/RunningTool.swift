import Foundation
import TestSupport
import Testing

/// The running tool.
final class RunningTool {
  private let process: ChildProcess
  // The limit is ample, even under a sanitizer on a busy machine.
  private static let limit = 300.0

  /// Starts the tool. `wrapper` is a command that receives the tool and its arguments and starts it.
  /// Standard error goes to a file unless `errors` is given.
  init(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:],
    wrapper: [String] = [], errors: FileHandle? = nil
  ) throws {
    var variables = ProcessInfo.processInfo.environment
    variables["LANGEVIN_KERNELS"] = nil
    process = try ChildProcess(
      wrapper + [try Tool.url().path] + arguments, in: folder.url,
      environment: variables.merging(environment) { $1 }, errors: errors)
  }

  /// The content of standard error so far.
  var errors: String { process.errors }

  /// Sends SIGINT, as Ctrl-C does.
  func interrupt() { process.send(SIGINT) }

  /// Sends any signal.
  func send(_ signal: Int32) { process.send(signal) }

  /// Sends SIGKILL, which a program cannot handle.
  func kill() { process.send(SIGKILL) }

  /// Waits until standard error holds `text`, or the tool has ended.
  func waitForErrors(_ text: String) { wait { self.errors.contains(text) } }

  /// Waits until `condition` holds, or the tool has ended.
  func wait(every interval: Double = 0.01, until condition: () -> Bool) {
    let deadline = Date(timeIntervalSinceNow: Self.limit)
    while !condition() && process.isRunning && Date() < deadline {
      Thread.sleep(forTimeInterval: interval)
    }
  }

  /// Waits for the tool to end. Kills a tool that hangs and fails the test.
  func result(sourceLocation: SourceLocation = #_sourceLocation) throws -> ToolResult {
    let result = process.result(limit: Self.limit)
    if result.hasTimedOut {
      Issue.record(
        "\(process.arguments) did not end in \(Self.limit) s", sourceLocation: sourceLocation)
    }
    return ToolResult(
      status: result.status, wasKilled: result.wasKilled, output: result.output,
      errors: result.errors)
  }
}
