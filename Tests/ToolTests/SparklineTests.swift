import Testing

@testable import LangevinTool

/// The curve of the losses in one line of text.
@Suite struct SparklineTests {
  @Test(
    arguments: [
      ([], 8, ""), ([1], 8, "▄"), ([2, 2, 2], 8, "▄▄▄"), ([0, 0], 8, "▄▄"),
      ([0, 1, 2, 3, 4, 5, 6, 7], 8, "▁▂▃▄▅▆▇█"), ([7, 0], 8, "█▁"), ([-7, 0, 7], 3, "▁▅█"),
      ([1, 2], 0, ""), ([1, 2], -1, ""), ([1, 2], 1, "▄"),
      // Values from 1 to 9 are scaled linearly, values from 1 to 128 logarithmically.
      ([1, 5, 9], 8, "▁▅█"), ([1, 2, 4, 8, 16, 32, 64, 128], 8, "▁▂▃▄▅▆▇█"),
      // Values without a logarithm are scaled linearly.
      ([0, 1, 1000], 8, "▁▁█"), ([-1000, 0, 1000], 8, "▁▅█"),
      // Means of parts; the first parts have one more value.
      ([0, 2, 8], 2, "▁█"), ([3, 3, 3, 1, 1, 2, 2], 3, "█▁▅"),
      // A non-finite value leaves a gap, or is ignored in a mean.
      ([.nan, 0, .infinity, 7], 8, " ▁ █"), ([.nan, .infinity], 8, ""), ([.nan, 1, 2, 2], 2, "▁█"),
    ] as [([Double], Int, String)])
  func drawsValuesAsHeights(values: [Double], width: Int, text: String) {
    #expect(Sparkline.text(values, width: width) == text)
  }

  @Test(arguments: [1, 2, 7, 40], [1, 2, 39, 40, 41, 1000])
  func fitsItsWidth(width: Int, count: Int) {
    let values = (0..<count).map { 1 / Double($0 + 1) }
    let text = Sparkline.text(values, width: width)
    #expect(text.count == min(width, count))
    if text.count > 1 { #expect(text.first == "█" && text.last == "▁") }
  }

  @Test(arguments: [
    [-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude], [.leastNonzeroMagnitude, 1e300],
    [Double.greatestFiniteMagnitude, 1, .greatestFiniteMagnitude, 1],
  ])
  func acceptsExtremeValues(values: [Double]) {
    for width in 1...4 { #expect(Sparkline.text(values, width: width).count <= width) }
  }
}

/// The progress line of training on a terminal.
@Suite struct ProgressLineTests {
  private let text = "epoch 30/80  loss 0.4321  12345 steps/s  12 s left"

  private func line(_ columns: Int, losses: Int = 30) -> String {
    ProgressLine(
      text: text, epoch: losses, epochs: 80, losses: (0..<losses).map { 1 / Double($0 + 1) }
    ).drawn(columns: columns)
  }

  @Test(arguments: [-1, 0, 1, 20, 49, 50, 51, 52, 55, 60, 62, 63, 70, 79, 100, 119, 150, 300])
  func fitsTheTerminal(columns: Int) {
    let line = line(columns)
    #expect(line.count <= max(0, columns))
    if columns >= text.count { #expect(line.contains(text)) }
    if columns < text.count { #expect(line == text.prefix(max(0, columns))) }
  }

  @Test func dividesTheWidthBetweenBarAndCurve() {
    #expect(line(79) == "█████░░░░░░░░░ " + text + " █▅▄▃▃▃▂▂▂▂▁▁▁")
    #expect(line(60) == "███░░░░░░ " + text)
    #expect(line(79, losses: 1) == String(repeating: "░", count: 24) + " " + text)
    let wide = line(200)
    #expect(wide.hasPrefix("█████████░░░░░░░░░░░░░░░ epoch"))
    #expect(wide.hasSuffix("left " + Sparkline.text((1...30).map { 1 / Double($0) }, width: 40)))
  }
}
