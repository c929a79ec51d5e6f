/// A row of names, each after a mark in its color.
struct Legend {
  /// The shape of a mark.
  enum Mark {
    case disc
    case line(width: Double)
  }

  /// A name and its mark.
  struct Entry {
    let name: String
    let color: Color
    let mark: Mark
  }

  let entries: [Entry]

  /// Returns the height of the row.
  static func height(on canvas: Canvas) -> Double { canvas.rowHeight(Theme.heading) }

  /// Draws the row with its upper left corner at `left` and `top`.
  ///
  /// If `width` is too small, names longer than their share of it are cut.
  func draw(on canvas: Canvas, left: Double, top: Double, width: Double) {
    let sample = 16.0
    let around = sample + 3 * Theme.gap
    let all = entries.reduce(0) { $0 + around + canvas.width(of: $1.name, Theme.heading) }
    let room = all <= width ? width : width / Double(max(1, entries.count)) - around
    let (ascent, _) = canvas.lineExtent(of: Theme.heading)
    let middle = top + ascent - canvas.digitHeight(of: Theme.heading) / 2
    var x = left
    for entry in entries {
      switch entry.mark {
      case .disc:
        canvas.discs([Point(x: x + sample - 4, y: middle)], entry.color, radius: 3.5)
      case .line(let width):
        canvas.line(
          [Point(x: x, y: middle), Point(x: x + sample, y: middle)], entry.color, width: width)
      }
      let name = canvas.fitted(entry.name, Theme.heading, width: room)
      canvas.text(name, at: Point(x: x + sample + Theme.gap, y: top + ascent), Theme.heading)
      x += sample + canvas.width(of: name, Theme.heading) + 3 * Theme.gap
    }
  }
}
