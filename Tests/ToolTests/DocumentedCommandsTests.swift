import Foundation
import TestSupport
import Testing

/// The commands shown in documents and in the help use existing subcommands, options, and targets.
///
/// `make test-commands` runs them.
@Suite struct DocumentedCommandsTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Returns every piece of code in the documents that begins with a shell word, and its location.
  private static func commands() throws -> [(place: String, words: [String])] {
    var names = ["README.md"]
    for folder in ["Docs", "Examples", "Benchmarks"] {
      let below = try FileManager.default.subpathsOfDirectory(
        atPath: root.appendingPathComponent(folder).path)
      names += below.filter { $0.hasSuffix(".md") && !$0.contains(".build/") }
        .map { "\(folder)/\($0)" }
    }
    var commands: [(String, [String])] = []
    for name in names {
      let text = try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
      var isShell = false
      for (index, line) in text.components(separatedBy: "\n").enumerated() {
        if line.hasPrefix("```") {
          isShell = line == "```sh"
          continue
        }
        // Every second piece, between backticks, is code.
        let pieces = isShell ? ["", line] : line.components(separatedBy: "`")
        for piece in stride(from: 1, to: pieces.count, by: 2) {
          commands.append(("\(name):\(index + 1)", words(pieces[piece])))
        }
      }
    }
    return commands
  }

  /// Returns the words of a command line up to a comment or another command, without surrounding marks.
  private static func words(_ line: String) -> [String] {
    let text = line.replacingOccurrences(of: "swift run -c release ", with: "")
      .replacingOccurrences(of: "make benchmark ARGUMENTS=", with: "langevin-benchmark ")
      .replacingOccurrences(of: "make benchmark-quality ARGUMENTS=", with: "langevin-quality ")
    return text.split(separator: " ").prefix { !["#", "|", ">"].contains($0) }
      .map { $0.trimmingCharacters(in: ["\"", ","]) }
  }

  private static func help(_ program: String, _ arguments: [String] = []) throws -> String {
    let url = try Tool.url().deletingLastPathComponent().appendingPathComponent(program)
    let environment = ProcessInfo.processInfo.environment.merging(["COLUMNS": "1000"]) { $1 }
    let result = try ChildProcess(
      [url.path] + arguments + ["--help"], environment: environment
    ).result(limit: 60)
    try #require(result.status == 0, "\(program) \(arguments): \(result.errors)")
    return String(decoding: result.output, as: UTF8.self)
  }

  private static func longOptions(in words: [String]) -> [String] {
    words.filter { $0.hasPrefix("--") && $0.count > 2 }.map { String($0.prefix { $0 != "=" }) }
  }

  /// Returns the options named by the lines of a page that begin with an option.
  private static func options(_ page: String) -> Set<String> {
    let lines = page.split(separator: "\n").filter { $0.hasPrefix("  -") }
    return Set(
      lines.flatMap { line in
        longOptions(in: line.split { " /,".contains($0) }.map(String.init))
      })
  }

  @Test func everyOptionExists() throws {
    let overview = try Self.help("langevin")
    let list = try #require(overview.components(separatedBy: "SUBCOMMANDS:").last)
    let subcommands = list.split(separator: "\n")
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
      .filter { $0 != "See" }
    try #require(subcommands.contains("train") && subcommands.count >= 9)

    var pages = ["langevin": overview]
    for name in subcommands { pages[name] = try Self.help("langevin", [name]) }
    for name in ["langevin-benchmark", "langevin-quality"] { pages[name] = try Self.help(name) }
    let options = pages.mapValues(Self.options)
    let all = options.values.reduce(Set()) { $0.union($1) }

    var commands = try Self.commands()
    for (name, page) in pages {
      // The example lines of the help.
      for line in page.split(separator: "\n") where line.hasPrefix("  langevin") {
        commands.append(("help of \(name)", Self.words(String(line))))
      }
    }
    var count = 0
    for (place, words) in commands {
      guard let first = words.first else { continue }
      let known: Set<String>?
      if first == "langevin", words.count > 1, !words[1].hasPrefix("-") {
        let name = words[1] == "help" ? words.last ?? "" : words[1]
        known = options[name]
        #expect(known != nil, "\(place): unknown subcommand langevin \(name)")
      } else {
        known = first.hasPrefix("--") ? all : options[first]
      }
      // A bare option under Benchmarks belongs to a Python program.
      guard let known, !first.hasPrefix("--") || !place.hasPrefix("Benchmarks") else { continue }
      count += 1
      for option in Self.longOptions(in: words) {
        let isKnown = known.contains(option)
        #expect(isKnown, "\(place): \(words.joined(separator: " ")): unknown option \(option)")
      }
    }
    #expect(count > 100)
  }

  @Test func everyTargetOfMakeExists() throws {
    let makefile = try String(
      contentsOf: Self.root.appendingPathComponent("Makefile"), encoding: .utf8)
    let targets = Set(
      makefile.split(separator: "\n").compactMap { line in
        line.firstIndex(of: ":").map { String(line[..<$0]) }
      })
    let commands = try Self.commands().filter { $0.words.first == "make" && $0.words.count > 1 }
    #expect(commands.count > 10)
    for (place, words) in commands {
      #expect(targets.contains(words[1]), "\(place): unknown target make \(words[1])")
    }
  }
}
