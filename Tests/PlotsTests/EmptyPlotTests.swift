import LinearAlgebra
import Plots
import Testing

@Suite("Empty plots")
struct EmptyPlotTests {
  private static let none = Matrix<Float>(rows: 0, columns: 2)
  private static let noImages = GrayImages(
    Matrix<Float>(rows: 0, columns: 4), width: 2, height: 2, columns: 3)

  private static let plots: [any Plot] = [
    ScatterPlot([]), ScatterPlot([.init(name: "", points: none)]),
    ScatterPlot(data: none, samples: none), ReverseProcessPlot([]),
    ReverseProcessPlot([(0, none)]), FieldPlot([]), FieldPlot([.init(none)]),
    FieldPlot([.init(none, places: none, vectors: none)]), LossCurve([]),
    LossCurve([.nan, .infinity]), LinePlot([]), LinePlot([.init([])]),
    LinePlot([.init([.init(name: "a", points: [])])]), ImageGrid([]),
    ImageGrid([("", noImages)]), ImageStrip([]), ImageStrip([noImages]),
  ]

  @Test("Empty plots are drawn", arguments: plots.indices, [PlotFormat.png, .svg])
  func areDrawn(index: Int, format: PlotFormat) throws {
    #expect(try !Self.plots[index].encoded(as: format, scale: 1).isEmpty)
  }

  @Test("A field without points has no places")
  func places() {
    #expect(FieldPlot.places(covering: []).rows == 0)
    #expect(FieldPlot.places(covering: [Self.none]).rows == 0)
    #expect(FieldPlot.places(covering: [Matrix<Float>([[.nan, 1]])]).rows == 0)
  }

  @Test("An animation needs a state, which may be empty")
  func animations() throws {
    #expect(throws: PlotError.self) { try ReverseAnimation(states: []).encoded(side: 32) }
    let states: [ReverseAnimation.State] = [
      .init(name: "", points: Self.none), .init(name: "", images: Self.noImages),
    ]
    for state in states {
      #expect(try !ReverseAnimation(states: [state]).encoded(side: 32, seconds: 0, hold: 0).isEmpty)
    }
  }
}
