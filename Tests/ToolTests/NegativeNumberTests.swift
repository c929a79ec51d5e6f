import ArgumentParser
import Checkpoints
import Diffusion
import Foundation
import Testing

@testable import LangevinTool

/// Negative numbers behind options, without a `=` between them.
@Suite struct NegativeNumberTests {
  @Test(arguments: [
    (["--guidance", "-3", "--seed", "1"], ["--guidance=-3", "--seed", "1"]),
    (["--missing", "-999,NA"], ["--missing=-999,NA"]), (["--noise", "-.5e3"], ["--noise=-.5e3"]),
    (["--noise", "-inf"], ["--noise=-inf"]), (["--noise", "-NaN"], ["--noise=-NaN"]),
    (["run", "-3"], ["run", "-3"]), (["--noise", "--seed"], ["--noise", "--seed"]),
    (["--input", "-i"], ["--input", "-i"]), (["--output", "-"], ["--output", "-"]),
    (["--guidance=2", "-3"], ["--guidance=2", "-3"]),
    (["--guidance", "-1", "-3"], ["--guidance=-1", "-3"]),
    (["--", "--noise", "-3"], ["--", "--noise", "-3"]), (["-3"], ["-3"]), ([], []),
  ]) func joinsOptionsAndNumbers(arguments: [String], joined: [String]) {
    #expect(NegativeNumbers.joined(arguments) == joined)
  }

  /// Every option of every command that takes a value, by the parser's own list.
  private static func options() throws -> [(command: String, option: String)] {
    let dump = try Tool.succeed(["--experimental-dump-help"], in: TemporaryFolder()).output
    let help = try #require(try JSONSerialization.jsonObject(with: dump) as? [String: Any])
    let root = try #require(help["command"] as? [String: Any])
    var options: [(String, String)] = []
    for command in root["subcommands"] as? [[String: Any]] ?? [] {
      let name = try #require(command["commandName"] as? String)
      for argument in command["arguments"] as? [[String: Any]] ?? []
      where argument["kind"] as? String == "option" {
        for form in argument["names"] as? [[String: Any]] ?? []
        where form["kind"] as? String == "long" {
          options.append((name, "--\(try #require(form["name"] as? String))"))
        }
      }
    }
    return options
  }

  /// What the parser says of the arguments of a command; nil if it takes them.
  private static func complaint(_ command: String, _ arguments: [String]) throws -> String? {
    let commands = Langevin.configuration.subcommands
    let kind = try #require(commands.first { $0.configuration.commandName == command })
    do {
      _ = try kind.parse(arguments)
      return nil
    } catch {
      return kind.message(for: error)
    }
  }

  /// It is the value that is taken or refused: never an unknown option `-3`, or a missing value.
  @Test func everyOptionTakesThem() throws {
    let options = try Self.options()
    #expect(options.count > 100)
    for (command, option) in options {
      let arguments = NegativeNumbers.joined(["run", option, "-3"])
      let complaint = try Self.complaint(command, arguments) ?? ""
      #expect(
        !complaint.contains("Unknown option") && !complaint.contains("Missing value"),
        "\(command) \(arguments): \(complaint)")
    }
    let unjoined = try Self.complaint("sample", ["run", "--guidance", "-3"])
    #expect(unjoined?.contains("Missing value for '--guidance") == true)
  }

  /// Where a number is out of range, the line says which are not.
  @Test(arguments: [
    (
      ["sample", "run", "--output", "a.csv", "--guidance", "-3"],
      "--guidance -3.0: choose a number "
    ),
    (
      ["sample", "run", "--output", "a.csv", "--eta", "-1"],
      "--eta -1.0: choose a number from 0 to 1"
    ),
    (
      ["sample", "run", "--output", "a.csv", "--count", "-1"],
      "--count -1: choose a number from 1 on"
    ),
    (
      ["sample", "run", "--output", "a.csv", "--seed", "-1"],
      "The value '-1' is invalid for '--seed"
    ),
    (
      ["data", "moons", "--output", "a.csv", "--noise", "-1"],
      "--noise -1.0: choose a number from 0 "
    ),
    (
      ["animate", "run", "--output", "a.webp", "--seconds", "-inf"], "--seconds -inf: choose from "
    ),
    (
      ["train", "moons", "--output", "a", "--learning-rate", "-1e-3"],
      "--learning-rate -0.001: choose"
    ),
    (
      ["train", "moons", "--output", "a", "--threads", "-2"], "--threads -2: choose from 1 to 1024"
    ),
    (
      ["sample", "run", "--output", "a.csv", "--guidance", "--seed", "3"],
      "Missing value for '--guidance"
    ),
  ]) func outOfRange(arguments: [String], words: String) throws {
    let line = try Tool.refuse(arguments, in: TrainedRun.copy())
    #expect(line.hasPrefix("Error: \(words)"), "\(line)")
  }

  /// Where it is in range, it counts.
  @Test func inRange() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<40).map { "\($0 % 5 == 1 ? -999 : $0),\($0 * 37 % 90)\n" }.joined()
    try folder.write(Data("a,b\n\(rows)".utf8), to: "rows.csv")
    try Tool.succeed(["info", "rows.csv", "--missing", "-999"], in: folder)
    try Tool.succeed(
      [
        "train", "line", "--preset", "fixed", "--schedule", "sigmoid-alpha-bar", "--schedule-start",
        "-2",
        "--count", "50", "--batch", "50", "--hidden", "4", "--epochs", "1", "--output", "run",
        "--quiet",
      ], in: folder)
    #expect(try folder.run.configuration().model.schedule?.start == -2)
  }
}
