import Testing

/// The help pages.
@Suite struct HelpTests {
  @Test(arguments: [
    "train", "resume", "sample", "plot", "animate", "report", "info", "data", "evaluate",
  ])
  func everyCommandHasAPageWithAnExample(command: String) throws {
    let folder = try TemporaryFolder()
    let result = try Tool.succeed(
      [command, "--help"], in: folder, environment: ["COLUMNS": "80"])
    #expect(result.outputText.hasPrefix("OVERVIEW: "))
    #expect(result.outputText.contains("\nEXAMPLE\n  langevin \(command)"))
    #expect(result.outputText.contains("\nUSAGE: langevin \(command)"))
    #expect(result.errors.isEmpty)
  }

  @Test func overviewNamesEveryCommand() throws {
    let text = try Tool.succeed(["--help"], in: TemporaryFolder()).outputText
    for command in [
      "train", "resume", "sample", "plot", "animate", "report", "info", "data", "evaluate",
    ] {
      #expect(text.contains("\n  \(command) "))
    }
    #expect(text.contains("\nEXIT STATUS\n"))
    for status in ["0 ", "1 ", "64", "129", "130", "143"] {
      #expect(text.contains("\n  \(status)  "), "\(status)")
    }
  }

  /// The values of the presets, as `Preset` sets them.
  @Test(arguments: [
    "network of layers scaled by a table of timesteps, or of residual blocks: conditional, residual "
      + "(default: best residual, others conditional).",
    "learning rate of adam (default: best 0.002, others 0.001).",
    "timesteps of the schedule (default: fixed and original 100).",
    "fourier features of the noise level, in pairs (default: best 16).",
    "learning-rate warm-up, in steps (default: 0).",
  ])
  func defaultsOfPresetsAreShown(line: String) throws {
    let text = try Tool.succeed(["train", "--help"], in: TemporaryFolder()).outputText
    let words = text.lowercased().split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains(line))
  }

  /// A list of names has its meanings in a column of their own.
  @Test(arguments: [("train", "PRESETS"), ("train", "DATA SETS"), ("evaluate", "MEASURES")])
  func listsAreAligned(command: String, heading: String) throws {
    let text = try Tool.succeed(
      [command, "--help"], in: TemporaryFolder(), environment: ["COLUMNS": "80"]
    ).outputText
    let list = text.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { $0 != heading }.dropFirst().prefix { !$0.isEmpty }
    #expect(list.count > 2)
    for line in list { #expect(line.hasPrefix("  ") && line.count <= 80, "\(line)") }
    #expect(Set(list.map(Self.columnOfMeaning)).count == 1)
  }

  /// Returns the column in which the text of a list begins: after the name, or where the line goes on.
  private static func columnOfMeaning(_ line: Substring) -> Int {
    let indent = line.prefix { $0 == " " }.count
    if indent > 2 { return indent }
    let name = line.dropFirst(indent).prefix { $0 != " " }.count
    return indent + name + line.dropFirst(indent + name).prefix { $0 == " " }.count
  }

  /// The pages state the exit status of an interrupted training run; see `InterruptionTests`.
  @Test(arguments: ["train", "resume"])
  func statusOfAnInterruptionIsDocumented(command: String) throws {
    let text = try Tool.succeed([command, "--help"], in: TemporaryFolder()).outputText
    let words = text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("with status 130") || words.contains("with exit status 130"))
  }
}
