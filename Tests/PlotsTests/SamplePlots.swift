import LinearAlgebra

@testable import Plots

/// Small plots of every kind.
enum SamplePlots {
  static let points = RandomStream(seed: 1).normal(rows: 50, columns: 2)
  static let otherPoints = RandomStream(seed: 2).normal(rows: 50, columns: 3)

  static let all: [any Plot] = [
    ScatterPlot(data: points, samples: otherPoints, title: "Samples beside data"),
    ScatterPlot(
      [.init(name: "data", points: points), .init(name: "samples", points: otherPoints)],
      title: "Samples over data", xLabel: "first", yLabel: "second", overlaid: true),
    ReverseProcessPlot(
      [100, 50, 0].map { (timestep: $0, points: points) }, title: "From noise to data"),
    FieldPlot(
      (0..<4).map { _ in
        FieldPlot.State(name: "state", points, places: points, vectors: points)
      }, title: "A field"),
    LossCurve((1...100).map { 1 / Double($0) }, title: "Training"),
    LinePlot(
      [1.0, 2].map { factor in
        LinePlot.Diagram(
          heading: "factor \(factor)", xLabel: "size",
          ["one", "two"].map {
            .init(name: $0, points: [64.0, 128, 256].map { (x: $0, y: factor * $0 / 4) })
          })
      },
      title: "Rates", yLabel: "rate", limit: .init(150, name: "limit")),
  ]

  /// Plots of missing, constant or extreme data, or with names that are far too long.
  static let hostile: [any Plot] = {
    let none = Matrix<Float>(rows: 0, columns: 2)
    let broken = Matrix<Float>(rows: 3, columns: 2, repeating: .nan)
    let constant = Matrix<Float>(rows: 3, columns: 2, repeating: 0.7)
    let extreme = Matrix<Float>([[3e38, -3e38], [-3e38, 3e38], [.leastNonzeroMagnitude, 0]])
    let far = Matrix<Float>([[1e30, 0], [1e30, 1]])
    let long = String(repeating: "long name ", count: 60)
    var plots: [any Plot] = [
      ScatterPlot([]), ReverseProcessPlot([]), FieldPlot([]), LossCurve([]), LossCurve([.nan]),
      LossCurve([0.5]),
      LossCurve([0, 0, 0]), LossCurve([-1, .infinity, 2, .nan, 1]), LossCurve([1e308, 1e-308]),
      LossCurve([1e299, -1e299]), LossCurve([.leastNonzeroMagnitude, 1e299]),
      LossCurve([1e-249, 1e249]),
      LossCurve([Double](repeating: 1, count: 100), title: long, xLabel: long, yLabel: long),
    ]
    plots.append(LinePlot([]))
    plots.append(LinePlot([.init([])], limit: .init(.infinity, name: long)))
    for points in [
      [], [(1, 1)], [(0, 1), (-1, 1), (.nan, 1), (1, .nan)], [(1e-290, 1e299), (1e299, -1)],
      [(1, 0), (1, 0)],
    ] as [[(x: Double, y: Double)]] {
      plots.append(
        LinePlot(
          [.init(heading: long, xLabel: long, [.init(name: long, points: points)]), .init([])],
          title: long, yLabel: long, limit: .init(1, name: long)))
    }
    for points in [none, broken, constant, extreme, far] {
      plots.append(ScatterPlot([.init(name: long, points: points)], title: long))
      plots.append(ScatterPlot(data: points, samples: SamplePlots.points, title: "a\nb\0c"))
      plots.append(
        ReverseProcessPlot((0..<9).map { (timestep: $0, points: points) }, title: long))
      plots.append(
        FieldPlot(
          [.init(name: long, points, places: points, vectors: points), .init(points)], title: long))
    }
    return plots
  }()
}
