/// The progress of training in one line of a terminal: a bar, a text, and the loss curve.
struct ProgressLine {
  let text: String
  let epoch: Int
  let epochs: Int
  let losses: [Double]

  private static let widestBar = 24
  private static let widestCurve = 40
  /// The least room for both; with less, only the bar is drawn.
  private static let roomForBoth = 12

  /// Returns the line in at most `columns` characters. If there is not enough room, it is only the text.
  func drawn(columns: Int) -> String {
    let room = columns - text.count - 1
    if room < 1 { return String(text.prefix(max(0, columns))) }
    let hasCurve = losses.count > 1 && room >= Self.roomForBoth
    let width = min(Self.widestBar, hasCurve ? room / 2 : room)
    let filled = epochs > 0 ? min(epoch * width / epochs, width) : width
    let line =
      String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled) + " "
      + text
    if !hasCurve { return line }
    return line + " " + Sparkline.text(losses, width: min(Self.widestCurve, room - width - 1))
  }
}
