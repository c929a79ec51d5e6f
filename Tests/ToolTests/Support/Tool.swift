import Foundation
import TestSupport
import Testing

/// The result of the tool after it has ended.
struct ToolResult {
  let status: Int32
  let wasKilled: Bool
  let output: Data
  let errors: String

  var outputText: String { String(decoding: output, as: UTF8.self) }

  /// Returns the object on standard output, which must be one JSON object on one line.
  func json() throws -> [String: Any] {
    #expect(outputText.last == "\n" && outputText.filter { $0 == "\n" }.count == 1)
    return try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
  }
}

/// The built command-line tool.
enum Tool {
  /// Returns the location of the tool.
  static func url() throws -> URL { try BuildFolder.program("langevin") }

  /// Runs the tool in `folder` until it ends.
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:],
    wrapper: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ToolResult {
    let process = try RunningTool(
      arguments, in: folder, environment: environment, wrapper: wrapper)
    return try process.result(sourceLocation: sourceLocation)
  }

  /// Runs the tool in `folder`, where it must succeed.
  @discardableResult
  static func succeed(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ToolResult {
    let result = try run(
      arguments, in: folder, environment: environment, sourceLocation: sourceLocation)
    try #require(
      result.status == 0 && !result.wasKilled,
      "\(arguments) ended with status \(result.status): \(result.errors)",
      sourceLocation: sourceLocation)
    return result
  }

  /// Runs the tool in `folder`, where it must fail with one line and change no file.
  ///
  /// After an invalid command line, a usage hint follows. Returns the line.
  @discardableResult
  static func refuse(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let before = try folder.contents()
    let result = try run(
      arguments, in: folder, environment: environment, sourceLocation: sourceLocation)
    #expect(!result.wasKilled, "signal \(result.status)", sourceLocation: sourceLocation)
    #expect(
      result.status == 1 || result.status == 64, "\(arguments): status \(result.status)",
      sourceLocation: sourceLocation)
    #expect(result.output.isEmpty, sourceLocation: sourceLocation)
    let lines = result.errors.split(separator: "\n", omittingEmptySubsequences: false)
    let line = String(lines.first ?? "")
    #expect(line.hasPrefix("Error: "), "\(arguments): \(line)", sourceLocation: sourceLocation)
    if result.status == 64 {
      let hint = lines.dropFirst().first { !$0.hasPrefix("Help: ") }
      #expect(hint?.hasPrefix("Usage: ") == true, "\(lines)", sourceLocation: sourceLocation)
      #expect(lines.count <= 5, "\(lines)", sourceLocation: sourceLocation)
    } else {
      #expect(lines.count == 2 && lines[1].isEmpty, "\(lines)", sourceLocation: sourceLocation)
    }
    #expect(
      try folder.contents() == before, "\(arguments) changed files", sourceLocation: sourceLocation)
    return line
  }
}
