#if os(Linux)
import Testing

/// What a person sees who watches a training.
@Suite struct TerminalTests {
  /// On a terminal there is one line, which is drawn over; a curve is at its end.
  @Test(arguments: [80, 120])
  func aTerminalShowsIt(columns: Int) throws {
    let terminal = try PseudoTerminal(columns: columns)
    let folder = try TemporaryFolder()
    let tool = try RunningTool(
      TrainedRun.options(epochs: 5), in: folder, errors: terminal.handle)
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

  /// An error has a line of its own.
  @Test(.enabled(if: FileLimit.isPossible, "\(FileLimit.reason)"))
  func anErrorIsNotDrawnIntoTheBar() throws {
    let terminal = try PseudoTerminal(columns: 80)
    let folder = try TemporaryFolder()
    let tool = try RunningTool(
      TrainedRun.options(epochs: 1_000_000), in: folder,
      wrapper: FileLimit.wrapper(blocks: 40), errors: terminal.handle)
    let status = try tool.result().status
    #expect(status == 1)
    let last = try #require(terminal.text().split(separator: "\r\n").last)
    #expect(last.hasPrefix("Error: run/metrics.jsonl: "), "\(last)")
  }
}
#endif
