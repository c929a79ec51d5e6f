import Testing

@testable import Plots

@Suite("Frames")
struct FrameTests {
  private func canvas() throws -> Canvas {
    try Canvas(size: Size(width: 400, height: 400), format: .svg, scale: 1)
  }

  @Test("Labels do not touch each other", arguments: [30.0, 60, 120, 300], [1e-5, 1, 12_345_678])
  func labelsAreApart(width: Double, span: Double) throws {
    let canvas = try canvas()
    let axis = Axis(scale: .linear, range: DataRange(lower: -span / 3, upper: span))
    let frame = Frame(
      Rectangle(left: 0, top: 0, width: width, height: 200), x: axis, y: axis, on: canvas)
    for (tick, next) in zip(frame.xTicks, frame.xTicks.dropFirst()) {
      let distance = frame.place(next.value, 0).x - frame.place(tick.value, 0).x
      let widths = [tick, next].map { canvas.width(of: $0.label, Theme.tickLabel) }
      #expect(distance > (widths[0] + widths[1]) / 2 + 4)
    }
    #expect(frame.yTicks.count >= 3)
  }

  @Test("The corners of the data range lie at the corners of the frame")
  func places() throws {
    let axis = Axis(scale: .linear, range: DataRange(lower: -1, upper: 1))
    let frame = Frame(
      Rectangle(left: 10, top: 20, width: 100, height: 50), x: axis, y: axis, on: try canvas())
    #expect(frame.place(-1, -1) == Point(x: 10, y: 70))
    #expect(frame.place(1, 1) == Point(x: 110, y: 20))
  }

  @Test("Text that is too long is cut to fit", arguments: [0.0, 20, 50, 200])
  func fitting(width: Double) throws {
    let canvas = try canvas()
    let text = "A title that is longer than two hundred points"
    let cut = canvas.fitted(text, Theme.title, width: width)
    #expect(cut.hasSuffix("…"))
    #expect(canvas.width(of: cut, Theme.title) <= max(width, canvas.width(of: "…", Theme.title)))
    #expect(canvas.fitted(text, Theme.title, width: 1000) == text)
  }
}
