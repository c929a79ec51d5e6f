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

  /// The pages state the exit status of an interrupted training run; see `InterruptionTests`.
  @Test(arguments: ["train", "resume"])
  func statusOfAnInterruptionIsDocumented(command: String) throws {
    let text = try Tool.succeed([command, "--help"], in: TemporaryFolder()).outputText
    let words = text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("with status 130") || words.contains("with exit status 130"))
  }
}
