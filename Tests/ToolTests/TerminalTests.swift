#if os(Linux)
import Testing

/// The output of training on a terminal.
@Suite struct TerminalTests {
  /// A terminal shows one line, which is redrawn and ends with a curve.
  @Test(arguments: [80, 120])
  func redrawsOneLine(columns: Int) throws {
    let terminal = try PseudoTerminal(columns: columns)
    let folder = try TemporaryFolder()
    let tool = try RunningTool(
      TrainedRun.options(epochs: 5), in: folder, environment: ["TERM": "xterm"],
      errors: terminal.handle)
    let status = try tool.result().status
    #expect(status == 0)
    let lines = terminal.text().split(separator: "\r\n")
    let drawn = try #require(lines.last).split(separator: "\r")
    for line in drawn {
      #expect(line.count <= columns - 1 + "\u{1B}[K".count && line.hasSuffix("\u{1B}[K"))
    }
    let last = try #require(drawn.last).dropLast(3)
    #expect(last.hasPrefix("██") && last.contains("epoch 5/5  loss "))
    let curve = last.suffix(5)
    #expect(last.dropLast(5).last == " ")
    #expect(curve.allSatisfy { ("▁"..."█").contains($0) }, "\(last)")
    #expect(curve.contains("▁") && curve.contains("█"))
  }

  /// A terminal of unknown type gets separate lines, like a file.
  @Test(arguments: ["TERM=dumb", "TERM=", "-uTERM"])
  func printsLinesOnATerminalWithoutSequences(setting: String) throws {
    let terminal = try PseudoTerminal(columns: 80)
    let folder = try TemporaryFolder()
    let tool = try RunningTool(
      TrainedRun.options(epochs: 5), in: folder, wrapper: ["/usr/bin/env", setting],
      errors: terminal.handle)
    let status = try tool.result().status
    #expect(status == 0)
    let text = terminal.text().replacing("\r\n", with: "\n")
    #expect(!text.contains("\u{1B}") && !text.contains("\r") && !text.contains("█"))
    for epoch in 1...5 { #expect(text.contains("\nepoch \(epoch)/5  loss ")) }
  }

  /// The output has no colors, with or without `NO_COLOR`; the bar only clears the rest of its line.
  @Test(arguments: ["1", ""]) func usesNoColors(setting: String) throws {
    let terminal = try PseudoTerminal(columns: 80)
    let environment = ["TERM": "xterm-256color", "NO_COLOR": setting]
    let folder = try TemporaryFolder()
    for arguments in [TrainedRun.options, ["--help"], ["sample", "run"], ["train", "none"]] {
      _ = try RunningTool(
        arguments, in: folder, environment: environment, errors: terminal.handle
      ).result()
    }
    let text = terminal.text()
    #expect(text.contains("█") && text.contains("Error: "))
    #expect(!text.replacing("\u{1B}[K", with: "").contains("\u{1B}"))
  }

  /// An error is printed on its own line.
  @Test(.enabled(if: FileLimit.isPossible, "\(FileLimit.reason)"))
  func printsErrorsOnTheirOwnLine() throws {
    let terminal = try PseudoTerminal(columns: 80)
    let folder = try TemporaryFolder()
    let tool = try RunningTool(
      TrainedRun.options(epochs: 1_000_000), in: folder, environment: ["TERM": "xterm"],
      wrapper: FileLimit.wrapper(blocks: 40), errors: terminal.handle)
    let status = try tool.result().status
    #expect(status == 1)
    let last = try #require(terminal.text().split(separator: "\r\n").last)
    #expect(last.hasPrefix("Error: run/metrics.jsonl: "), "\(last)")
  }
}
#endif
