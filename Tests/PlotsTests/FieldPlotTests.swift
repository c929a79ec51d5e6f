import LinearAlgebra
import Testing

@testable import Plots

@Suite("Vector fields")
struct FieldPlotTests {
  private let square = Matrix<Float>([[-1, -1], [1, 1]])

  @Test("Places cover the points evenly", arguments: [2, 3, 18])
  func places(perSide: Int) {
    let wide = Matrix<Float>([[-2, 0], [2, 1], [.nan, 50]])
    let places = FieldPlot.places(covering: [square, wide], perSide: perSide)
    let (x, y) = ((0..<places.rows).map { places[$0, 0] }, (0..<places.rows).map { places[$0, 1] })
    #expect(Set(x).count == perSide)
    #expect(abs((x.min() ?? 0) + 2) < 1e-6 && abs((x.max() ?? 0) - 2) < 1e-6)
    // They lie around the middle of the shorter side, with the same gap.
    let gap = 4 / Double(perSide - 1)
    #expect(Set(y).count == Int(2 / gap + 0.5) + 1)
    #expect(abs((y.min() ?? 1) + (y.max() ?? 0)) < 1e-6)
    #expect(places.rows == Set(x).count * Set(y).count)
  }

  @Test("Without points there are no places")
  func noPlaces() {
    let none = [
      Matrix<Float>(rows: 0, columns: 2), Matrix<Float>([[.nan, 1]]), Matrix<Float>([[1, 1]]),
    ]
    #expect(FieldPlot.places(covering: []).rows == 0)
    #expect(FieldPlot.places(covering: none).rows == 0)
  }

  @Test("Arrows keep their direction, and are cut to the gap between places")
  func arrows() {
    let places = FieldPlot.places(covering: [square], perSide: 3)
    let vectors = Matrix<Float>([
      [1, 0], [0, -2], [30, 40], [0, 0], [.nan, 1], [0, .infinity], [-1, 0], [0, 0.5], [0, 0],
    ])
    let plot = FieldPlot([.init(square, places: places, vectors: vectors)], unit: 2)
    let arrows = plot.grid.panels[0].arrows
    // Places are 1 apart, and the arrow of a vector of length 2 is 1 long.
    let expected = [(0.5, 0.0), (0, -1), (0.6, 0.8), (-0.5, 0), (0, 0.25)]
    #expect(arrows.count == expected.count)
    for (arrow, expected) in zip(arrows, expected) {
      #expect(abs(arrow.along - expected.0) < 1e-6 && abs(arrow.up - expected.1) < 1e-6)
    }
    #expect(arrows.first?.x == -1 && arrows.first?.y == -1)
  }

  @Test("An arrow has a shaft, and a head that points in its direction")
  func heads() throws {
    let from = Point(x: 10, y: 50)
    for to in [Point(x: 40, y: 50), Point(x: 10, y: 20), Point(x: 4, y: 90)] {
      let canvas = try Canvas(size: Size(width: 100, height: 100), format: .svg, scale: 1)
      canvas.arrow(from: from, to: to, Theme.text)
      let lines = SVGDocument(String(decoding: try canvas.encode(), as: UTF8.self)).lines
      let head = try #require(lines.first { $0.count == 6 })
      #expect(lines.contains { $0 == [from.x, from.y, to.x, to.y] })
      #expect(head[2] == to.x && head[3] == to.y)
      // Both barbs lie behind the tip, at the same distance from the shaft.
      let (x, y) = (to.x - from.x, to.y - from.y)
      let length = (x * x + y * y).squareRoot()
      for barb in [(head[0], head[1]), (head[4], head[5])] {
        let (dx, dy) = (barb.0 - to.x, barb.1 - to.y)
        #expect(abs((dx * x + dy * y) / length + 3) < 0.01)
        #expect(abs(abs(dx * y - dy * x) / length - 3) < 0.01)
      }
    }
  }

  @Test("Arrows that leave the frame or are too short to see are left out")
  func hiddenArrows() throws {
    func heads(_ places: Matrix<Float>, _ vectors: Matrix<Float>) throws -> Int {
      let plot = FieldPlot([.init(square, places: places, vectors: vectors)])
      return try SVGDocument(plot).lines.count { $0.count == 6 }
    }
    // Places are half a unit apart, so arrows are at most half a unit long.
    let places = Matrix<Float>([[-0.5, 0], [0, 0], [0.8, 0], [9, 0]])
    #expect(try heads(places, Matrix<Float>([[1, 0], [0, 1], [-1, 0], [0, 0]])) == 3)
    #expect(try heads(places, Matrix<Float>([[1, 0], [1e-6, 0], [-1, 0], [0, 0]])) == 2)
    #expect(try heads(places, Matrix<Float>([[1, 0], [1e-6, 0], [1, 0], [-1, 0]])) == 1)
  }

  @Test("An arrow without room is not drawn")
  func noRoom() throws {
    let canvas = try Canvas(size: Size(width: 100, height: 100), format: .svg, scale: 1)
    let empty = try Canvas(size: Size(width: 100, height: 100), format: .svg, scale: 1)
    canvas.arrow(from: Point(x: 10, y: 50), to: Point(x: 14, y: 50), Theme.text)
    canvas.arrow(from: Point(x: 10, y: 50), to: Point(x: 10, y: 50), Theme.text, head: 0)
    #expect(try canvas.encode() == empty.encode())
  }

  @Test("States have the same axes, and only points count as missing")
  func panels() throws {
    let places = FieldPlot.places(covering: [square])
    let states = [Matrix<Float>([[0, 0], [.nan, 1]]), square].map {
      FieldPlot.State(
        name: "s", $0, places: places,
        vectors: Matrix<Float>(rows: places.rows, columns: 2, repeating: .nan))
    }
    let plot = FieldPlot(states)
    #expect(plot.grid.panels.map(\.count) == [1, 2])
    #expect(plot.grid.panels.allSatisfy { $0.arrows.isEmpty })
    #expect(plot.grid.note == "1 point with NaN or infinite coordinates left out")
    #expect(try SVGDocument(plot).discs.count == 3)
  }
}
