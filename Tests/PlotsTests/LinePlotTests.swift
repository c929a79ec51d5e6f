import Testing

@testable import Plots

@Suite("Lines over logarithmic axes")
struct LinePlotTests {
  private func plot(_ names: [[String]], limit: Double? = nil) -> LinePlot {
    LinePlot(
      names.map { names in
        .init(names.map { .init(name: $0, points: [(x: 64, y: 10), (x: 256, y: 20)]) })
      }, limit: limit.map { .init($0, name: "limit") })
  }

  @Test("A name has the same color in all diagrams")
  func names() {
    #expect(plot([["a", "b"], ["b", "c"]]).names == ["a", "b", "c"])
  }

  @Test(
    "The y axis begins at 0 and ends at the limit, or at the highest point if that is higher",
    arguments: [(nil, 20.0), (100, 100), (15, 20), (.nan, 20), (-1, 20)] as [(Double?, Double)])
  func yAxis(limit: Double?, top: Double) {
    #expect(plot([["a"]], limit: limit).yAxis.range == DataRange(lower: 0, upper: top))
    #expect(LinePlot([]).yAxis.range == DataRange(lower: 0, upper: 1))
  }

  @Test("Equal ratios of x are equal distances, and every point is drawn")
  func places() throws {
    let series = LinePlot.Series(
      name: "a", points: [(x: 10, y: 1), (x: 100, y: 1), (x: 1000, y: 1)])
    let discs = try SVGDocument(LinePlot([.init([series])])).discs
    #expect(discs.count == 3)
    #expect(abs((discs[1].x - discs[0].x) - (discs[2].x - discs[1].x)) < 0.01)
    #expect(discs[0].y == discs[2].y)
  }

  @Test("Points that cannot be drawn are left out")
  func missing() throws {
    let series = LinePlot.Series(name: "a", points: [(x: 0, y: 1), (x: 1, y: .nan), (x: 2, y: 1)])
    #expect(series.points.count == 1)
    #expect(try SVGDocument(LinePlot([.init([series])])).discs.count == 1)
  }

  @Test("Ticks are at points, and there are fewer of them without room", arguments: [1, 2, 3, 8])
  func marks(count: Int) {
    var axis = Axis(scale: .logarithmic, range: DataRange(lower: 32, upper: 8192))
    axis.marks = (5...13).map { Double(1 << $0) }
    let ticks = axis.ticks(atMost: count)
    #expect(ticks.first?.label == "32" && ticks.count <= count + 1)
    #expect(ticks.allSatisfy { axis.marks.contains($0.value) })
    if count == 8 { #expect(ticks.map(\.value) == axis.marks) }
  }

  @Test("Names that fit together are not cut")
  func legend() throws {
    let canvas = try Canvas(size: Size(width: 400, height: 100), format: .svg, scale: 1)
    let names = ["a name that is longer than its half", "b"]
    let entries = names.map { Legend.Entry(name: $0, color: Theme.text, mark: .disc) }
    Legend(entries: entries).draw(on: canvas, left: 0, top: 0, width: 300)
    let document = SVGDocument(String(decoding: try canvas.encode(), as: UTF8.self))
    #expect(document.glyphs.count == names.joined().count)
  }
}
