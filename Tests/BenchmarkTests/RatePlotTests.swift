import Plots
import Testing

@testable import langevin_benchmark

@Suite struct RatePlotTests {
  private let subjects = Run.allSubjects(Settings())

  @Test(arguments: ["square", "training by batch", "scaling"])
  func acceptsGroupsWithSizes(filter: String) throws {
    try RatePlot.check(try Selection.rows(subjects, filter: filter))
  }

  @Test(arguments: ["layers", "training step", "forward"])
  func rejectsGroupsWithoutSizes(filter: String) throws {
    let chosen = try Selection.rows(subjects, filter: filter)
    #expect(
      throws: BenchmarkError.nothingToPlot(
        groups: ["square", "training by batch", "training by width"])
    ) {
      try RatePlot.check(chosen)
    }
  }

  @Test func drawsADiagramForEachCurve() throws {
    let squares = [64, 128].flatMap { size in
      Row.all(
        Samples.subject(.kernels, "square"),
        ["swift", "openblas"].map {
          Timings(Samples.contender($0, size: size), repeats: 1, seconds: [1e-3])
        })
    }
    let batches = Row.all(
      Samples.subject(.scaling, ScalingWork.trainingByBatch),
      [32, 64].map { (size: Int) in
        Timings(Samples.contender("batch \(size)", size: size), repeats: 1, seconds: [2e-3])
      })
    let one = RatePlot(Samples.report(squares))
    let two = RatePlot(Samples.report(squares + batches))
    #expect(one.drawing.size.width < two.drawing.size.width)
    for plot in [one, two, RatePlot(Samples.report([]))] {
      #expect(try !plot.encoded(as: .svg).isEmpty)
    }
  }
}
