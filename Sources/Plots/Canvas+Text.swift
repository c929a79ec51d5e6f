extension Canvas {
  /// Returns `text`, cut off with an ellipsis if it is wider than `width`.
  func fitted(_ text: String, _ style: TextStyle, width: Double) -> String {
    if self.width(of: text, style) <= width { return text }
    let letters = Array(text)
    var (fits, tooLong) = (0, letters.count)
    while tooLong - fits > 1 {
      let middle = (fits + tooLong) / 2
      if self.width(of: letters[..<middle] + "…", style) <= width {
        fits = middle
      } else {
        tooLong = middle
      }
    }
    return letters[..<fits] + "…"
  }

  /// Writes `text` with its upper edge at `top`, no wider than `width`, and returns its lower edge.
  @discardableResult
  func row(
    _ text: String, left: Double, top: Double, width: Double, _ style: TextStyle,
    _ alignment: TextAlignment = .leading
  ) -> Double {
    let (ascent, descent) = lineExtent(of: style)
    self.text(
      fitted(text, style, width: width),
      at: Point(x: left + alignment.rawValue * width, y: top + ascent), style, alignment)
    return top + ascent + descent
  }

  /// Returns the height of ``row(_:left:top:width:_:_:)``.
  func rowHeight(_ style: TextStyle) -> Double {
    let (ascent, descent) = lineExtent(of: style)
    return ascent + descent
  }
}

private func + (letters: ArraySlice<Character>, ending: String) -> String {
  String(letters) + ending
}
