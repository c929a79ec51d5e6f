import LinearAlgebra
import Testing

@testable import Plots

@Suite("Points and losses that cannot be drawn")
struct MissingDataTests {
  private let points = Matrix<Float>([
    [0, 0], [.nan, 1], [1, 1], [2, .infinity], [-.infinity, .nan],
  ])

  @Test("Points that are not finite are left out and counted")
  func scatter() throws {
    let plot = ScatterPlot([.init(name: "", points: points)])
    #expect(try SVGDocument(plot).discs.count == 2)
    #expect(plot.grid.note == "3 points with NaN or infinite coordinates left out")
    let complete = ScatterPlot([.init(name: "", points: points.rows(0..<1))])
    #expect(complete.grid.note == "")
  }

  @Test("The count covers all panels, and a single point is singular")
  func reverse() throws {
    let plot = ReverseProcessPlot([(9, points), (0, points)])
    #expect(try SVGDocument(plot).discs.count == 4)
    #expect(plot.grid.note == "6 points with NaN or infinite coordinates left out")
    let one = ReverseProcessPlot([(9, points.rows(0..<2))])
    #expect(one.grid.note == "1 point with NaN or infinite coordinates left out")
  }

  @Test("The note is visible")
  func noteIsVisible() throws {
    // Both show the same two points; only one of them also has the letters of the note.
    let with = try SVGDocument(ScatterPlot([.init(name: "", points: points)]))
    let without = try SVGDocument(ScatterPlot([.init(name: "", points: points.rows(at: [0, 2]))]))
    let note = "3 points with NaN or infinite coordinates left out"
    #expect(with.glyphs.count - without.glyphs.count >= note.count { $0 != " " })
  }

  @Test("Only the first two columns are drawn")
  func moreColumns() throws {
    let plot = ScatterPlot([.init(name: "", points: Matrix<Float>([[0, 0, .nan], [1, 1, .nan]]))])
    #expect(try SVGDocument(plot).discs.count == 2)
    #expect(plot.grid.note == "")
  }

  @Test("A missing loss breaks the line and is counted")
  func losses() {
    #expect(
      LossCurve([1, .nan, 2, .infinity]).note == "2 epochs with a NaN or infinite loss left out")
    #expect(LossCurve([1, .nan]).note == "1 epoch with a NaN or infinite loss left out")
    #expect(LossCurve([1, 2]).note == "")
  }
}
