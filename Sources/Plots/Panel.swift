/// One of several frames with the same axes, and what is drawn in it.
struct Panel {
  /// Points of one colour.
  struct Layer {
    let points: PointCloud
    let color: Color
  }

  /// Written above the frame.
  var heading = ""
  /// Written behind the heading, less loudly.
  var detail = ""
  var layers: [Layer]

  /// How many points there are in all layers.
  var count: Int { layers.reduce(0) { $0 + $1.points.count } }

  /// Draws the points of all layers, in turns: no layer hides the others.
  func drawPoints(in frame: Frame, on canvas: Canvas, largest: Int) {
    let look = PointLook(count: largest, side: min(frame.rectangle.width, frame.rectangle.height))
    let turns = layers.count > 1 ? 64 : 1
    for turn in 0..<turns {
      for layer in layers {
        let points = layer.points
        let indices = points.count * turn / turns..<points.count * (turn + 1) / turns
        canvas.discs(
          indices.lazy.map { frame.place(points.x[$0], points.y[$0]) },
          layer.color.withOpacity(look.opacity), radius: look.radius)
      }
    }
    if count == 0 {
      canvas.text(
        "no points to show", at: frame.rectangle.center, Theme.note, .center)
    }
  }
}
