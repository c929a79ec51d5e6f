/// The content of one of several frames with the same axes.
struct Panel {
  /// Points of one color.
  struct Layer {
    let points: PointCloud
    let color: Color
  }

  /// A vector at a place.
  struct Arrow {
    let x: Double
    let y: Double
    let along: Double
    let up: Double
  }

  /// The text above the frame.
  var heading = ""
  /// The fainter text after the heading.
  var detail = ""
  var layers: [Layer]
  /// Vectors in units of the axes, drawn over the points.
  var arrows: [Arrow] = []

  /// The number of points in all layers.
  var count: Int { layers.reduce(0) { $0 + $1.points.count } }

  /// Draws an arrow for each vector that lies in the frame and is long enough to be seen.
  func drawArrows(in frame: Frame, on canvas: Canvas) {
    for arrow in arrows {
      let (start, end) = (
        frame.place(arrow.x, arrow.y), frame.place(arrow.x + arrow.along, arrow.y + arrow.up)
      )
      let (x, y) = (end.x - start.x, end.y - start.y)
      let length = (x * x + y * y).squareRoot()
      guard length >= 0.5, frame.rectangle.contains(start), frame.rectangle.contains(end)
      else { continue }
      canvas.arrow(from: start, to: end, Theme.quietText, head: min(2.2, 0.4 * length))
    }
  }

  /// Draws the points of all layers in turns, so that no layer hides the others.
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
