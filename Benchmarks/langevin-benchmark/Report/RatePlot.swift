import Plots

/// The plot of rates against sizes: square products by each contender, and training by batch and width.
struct RatePlot: Plot {
  private static let squares = ProductForm.square.rawValue
  private static let groups = [
    (squares, "A product of squares", "rows and columns of each"),
    (ScalingWork.trainingByBatch, "A training step, width 128", "rows of the batch"),
    (
      ScalingWork.trainingByWidth, "A training step, batch \(ModelWork.batchSize)",
      "width of the layers"
    ),
  ]

  private let lines: LinePlot

  /// Creates the plot of the rows in `report` that belong to it.
  init(_ report: Report) {
    let diagrams = Self.groups.compactMap { group, heading, xLabel -> LinePlot.Diagram? in
      let rows = report.rows.filter { $0.group == group && $0.part == nil }
      let series =
        group == Self.squares ? Self.byContender(rows) : [Self.curve(rows, name: "training step")]
      return rows.isEmpty ? nil : LinePlot.Diagram(heading: heading, xLabel: xLabel, series)
    }
    let threads = report.settings.openBLASThreads
    let limit = report.peak.gigaflops(threads: threads).map { rate in
      LinePlot.Limit(
        rate,
        name: Contender.name(
          "measured peak \(NumberText.fixed(rate, 1)) GFLOP/s", threads: threads))
    }
    lines = LinePlot(
      diagrams,
      title: "Rates on \(report.environment.processor)" + (threads == 1 ? ", one thread" : ""),
      yLabel: "GFLOP/s", limit: limit)
  }

  /// Throws if none of `subjects` belongs in the plot.
  static func check(_ subjects: [Subject]) throws(BenchmarkError) {
    let names = groups.map(\.0)
    if !subjects.contains(where: { names.contains($0.group) }) {
      throw .nothingToPlot(groups: names)
    }
  }

  var drawing: PlotDrawing { lines.drawing }

  private static func byContender(_ rows: [Row]) -> [LinePlot.Series] {
    let names = rows.first?.measurements.map(\.contender) ?? []
    return names.map { name in
      LinePlot.Series(
        name: name,
        points: rows.flatMap { points($0.measurements.filter { $0.contender == name }) })
    }.filter { !$0.points.isEmpty }
  }

  private static func curve(_ rows: [Row], name: String) -> LinePlot.Series {
    LinePlot.Series(name: name, points: rows.flatMap { points($0.measurements) })
  }

  private static func points(_ measurements: [Measurement]) -> [(x: Double, y: Double)] {
    measurements.compactMap { measurement in
      guard let size = measurement.size, let rate = measurement.gigaflops else { return nil }
      return (Double(size), rate)
    }
  }
}
