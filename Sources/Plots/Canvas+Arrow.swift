extension Canvas {
  /// Draws an arrow whose head is `head` points long. Skips an arrow shorter than twice its head.
  func arrow(from start: Point, to end: Point, _ color: Color, head: Double = 3) {
    let (x, y) = (end.x - start.x, end.y - start.y)
    let length = (x * x + y * y).squareRoot()
    guard length > 0, length >= 2 * head else { return }
    let (along, across) = (head * x / length, head * y / length)
    line([start, end], color, width: 0.3 * head)
    line(
      [
        Point(x: end.x - along + across, y: end.y - across - along), end,
        Point(x: end.x - along - across, y: end.y - across + along),
      ], color, width: 0.3 * head)
  }
}
