import Checkpoints
import Diffusion
import Langevin
import LinearAlgebra
import Plots
import Tables

extension PlotCommand {
  /// The number of states to show on the way from noise to samples.
  private static let states = 6

  /// Returns the images of a run: data beside samples, or states from noise to samples.
  func images(
    _ model: DiffusionModel, _ configuration: RunConfiguration, _ encoding: TableEncoding
  ) throws -> ImageGrid {
    if kind == .field {
      throw ToolError("--kind field: the run is of images; a field needs points with two columns")
    }
    let columns = kind == .samples ? 10 : 4
    let count = count ?? ImageGallery.rows(encoding, columns: columns)
    let sampler = try drawing.sampler(model, configuration, count: count)
    try requireMemory(
      "--count \(count)", count, configuration.dataWidth,
      numbersEach: 16 + (kind == .reverse ? 2 * sampler.sampler.steps : 0))
    let (threads, engine) = (drawing.compute.samplingThreads, drawing.compute.prepare())
    if kind == .samples {
      let data = try configuration.trainingData().training
      let samples = try sampler.sample(
        count: count, seed: drawing.seed, threads: threads, engine: engine)
      return ImageGrid(
        try [("data", data), ("samples", samples)].map { name, rows in
          (name, try makeGallery(encoding, rows, columns: columns).images(rows))
        }, title: "Data and samples: \(configuration.dataset.name)")
    }
    let path = ReversePath(
      sampler.sampler, count: count, length: Self.states, seed: drawing.seed, threads: threads,
      engine: engine)
    let last = sampler.rows(path.states[path.states.count - 1].points)
    let gallery = try makeGallery(encoding, last, columns: columns)
    return ImageGrid(
      path.states.map { state in
        ("σ = \(state.noise.fixed(2))", gallery.images(state.points))
      }, title: "The reverse process, from noise to samples")
  }

  private func makeGallery(
    _ encoding: TableEncoding, _ rows: Matrix<Float>, columns: Int
  ) throws -> ImageGallery {
    guard let gallery = ImageGallery(encoding, rows, columns: columns) else {
      throw ToolError("plot: the run is not of images")
    }
    return gallery
  }
}
