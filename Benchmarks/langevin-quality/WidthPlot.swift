import Evaluation
import Plots

/// The plot of sample quality against the width of the network, with a line for each depth.
struct WidthPlot: Plot {
  private let lines: LinePlot

  /// Creates the plot of the outcomes of the section width.
  init(_ outcomes: [Outcome]) {
    lines = LinePlot(
      [
        Self.diagram(outcomes, .c2st, heading: "C2ST accuracy above its floor"),
        Self.diagram(outcomes, .slicedW2, heading: "Sliced W2 above its floor"),
      ],
      title: "Samples against the width of the network", yLabel: "above the floor")
  }

  var drawing: PlotDrawing { lines.drawing }

  private static func diagram(
    _ outcomes: [Outcome], _ measure: Measure, heading: String
  ) -> LinePlot.Diagram {
    let depths = Set(outcomes.map(\.blocks)).sorted()
    let series = depths.map { blocks in
      LinePlot.Series(
        name: blocks == 1 ? "1 block" : "\(blocks) blocks",
        points: outcomes.filter { $0.blocks == blocks }.sorted { $0.width < $1.width }
          .flatMap { outcome in
            outcome.comparisons.filter { $0.measure == measure }.map {
              (x: Double(outcome.width), y: max(0, $0.value.mean - $0.floor.mean))
            }
          })
    }
    return LinePlot.Diagram(heading: heading, xLabel: "width", series)
  }
}
