import Checkpoints
import Diffusion
import Foundation
import Testing

@testable import LangevinTool

/// Negative numbers after options, without a `=` between them.
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

  /// Returns every option of every command that takes a value, from the parser's own list.
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

  /// Includes options that take text, such as the missing word.
  @Test func joinsEveryOption() throws {
    let options = try Self.options()
    #expect(options.count > 100)
    for (_, option) in options {
      #expect(NegativeNumbers.joined(["run", option, "-3"]) == ["run", "\(option)=-3"])
    }
  }

  private static let numbers = [
    "train moons": [
      "--count", "--noise", "--seed", "--hidden", "--frequencies", "--octaves", "--steps",
      "--schedule-start", "--epochs", "--batch-size", "--learning-rate", "--warm-up",
      "--rows-per-level", "--ema-decay", "--condition-dropout", "--held-out", "--threads",
      "--checkpoint-every",
    ],
    "resume run": ["--epochs", "--threads", "--checkpoint-every"],
    "sample run": ["--count", "--seed", "--steps", "--eta", "--guidance", "--churn", "--threads"],
    "impute run --input a.csv": ["--draws", "--repeats", "--steps", "--seed", "--threads"],
    "plot run": ["--count", "--seed", "--steps", "--guidance"],
    "animate run": ["--count", "--frames", "--size", "--seconds"],
    "report run": ["--count", "--sets"],
    "evaluate run": ["--count", "--sets", "--seed"],
    "data moons": ["--count", "--noise", "--seed"],
  ]
  private static let outputs = [
    "train": "new", "animate": "new.webp", "plot": "new.png", "report": "new.html",
    "resume": nil, "evaluate": nil,
  ]

  /// The error names the option and its value and states the allowed range, so the value was parsed.
  @Test(arguments: numbers.keys.sorted()) func reportsNumbersOutOfRange(command: String) throws {
    let folder = try TrainedRun.copy()
    let words = command.split(separator: " ").map(String.init)
    let output = Self.outputs[words[0], default: "new.csv"].map { ["--output", $0] } ?? []
    for option in Self.numbers[command] ?? [] {
      var arguments = words + output + [option, "-3"]
      if option.hasPrefix("--schedule") { arguments += ["--schedule", "linear"] }
      let line = try Tool.refuse(arguments, in: folder)
      #expect(
        line.contains("\(option) -3") || line.contains("The value '-3' is invalid for '\(option) ")
          || line.contains("start is -3.0; it must be "), "\(arguments): \(line)")
    }
  }

  @Test(arguments: [
    (
      ["sample", "run", "--output", "a.csv", "--guidance", "-3"],
      "--guidance -3.0: choose a number from 0 to 100"
    ),
    (
      ["data", "moons", "--output", "a.csv", "--noise", "-inf"],
      "--noise -inf: choose a number from 0 to 1000000"
    ),
    (
      ["sample", "run", "--output", "a.csv", "--guidance", "--seed", "3"],
      "Missing value for '--guidance <W>'"
    ),
  ]) func errorsAreClear(arguments: [String], line: String) throws {
    #expect(try Tool.refuse(arguments, in: TrainedRun.copy()) == "Error: \(line)")
  }

  /// A negative number within the range is used.
  @Test func acceptsNegativeNumbersInRange() throws {
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
    #expect(try folder.run.configuration().model.process.schedule?.start == -2)
  }
}
