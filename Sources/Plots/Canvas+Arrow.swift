extension Canvas {
  /// Draws a level arrow to the right, if there is room for one.
  func arrow(from start: Point, to end: Point, _ color: Color) {
    let head = 3.0
    guard end.x - start.x >= 2 * head else { return }
    line([start, end], color, width: 0.9)
    line(
      [
        Point(x: end.x - head, y: end.y - head), end, Point(x: end.x - head, y: end.y + head),
      ], color, width: 0.9)
  }
}
