import ArgumentParser
import Checkpoints
import Diffusion
import Langevin
import LinearAlgebra
import Plots
import Tables

struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw a picture of a run",
    discussion: """
      KINDS
        samples  the data beside an equal number of samples
        reverse  a strip of states on the way from noise to samples
        field    such states with arrows along the score, which points to the data
        loss     the mean loss of each epoch
      For a run of images, samples and reverse are grids with one line per class.

      EXAMPLE
        langevin plot roll --output samples.png
        langevin plot roll --kind reverse --output reverse.svg
        langevin plot roll --kind field --count 1000 --output field.png
      """)

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case samples
    case reverse
    case field
    case loss
  }

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "File for the picture: .png or .svg.", valueName: "FILE"),
    completion: .file(extensions: ["png", "svg"]))
  var output: String

  @Option(help: "What the picture shows; see KINDS.")
  var kind: Kind = .samples

  @Option(
    help: ArgumentHelp(
      "Number of points, at most that of the data (default: samples 10000, others 3000), or of images "
        + "(default: enough for the grid).", valueName: "N"))
  var count: Int?

  @OptionGroup var drawing: DrawingOptions

  mutating func validate() throws {
    if let count { try requirePositive("--count", count) }
    if kind == .loss && (count != nil || drawing.seed != 0 || drawing.sampling.areGiven) {
      throw ValidationError(
        "--count, --seed, \(SamplingOptions.names) are for samples, and --kind loss draws none")
    }
    do {
      _ = try PlotFormat(path: output)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  mutating func run() throws {
    let run = try drawing.run(writing: output)
    let (configuration, model) = (run.configuration, run.model)
    if kind != .loss, let encoding = configuration.table, encoding.image != nil {
      try images(model, configuration, encoding).write(to: output)
      try drawing.reportWritten(output)
      return
    }
    if kind != .loss { try configuration.requireNoTable("--kind \(kind.rawValue)") }
    switch kind {
    case .samples: try samples(model, configuration).write(to: output)
    case .reverse: try reverse(model, configuration).write(to: output)
    case .field: try field(model, configuration).write(to: output)
    case .loss:
      try LossCurve(try run.folder.progress().epochLosses, title: "Training loss").write(to: output)
    }
    try drawing.reportWritten(output)
  }

  private func samples(
    _ model: DiffusionModel, _ configuration: RunConfiguration
  ) throws -> ScatterPlot {
    let count = min(count ?? 10_000, configuration.dataset.count)
    try requireMemory("--count \(count)", count, configuration.model.dimension, numbersEach: 8)
    let data = try configuration.trainingData().training
    let rows = 0..<min(count, data.rows)
    let (sampler, engine, threads) = try prepare(model, configuration, count: rows.count)
    return ScatterPlot(
      data: data.rows(rows),
      samples: sampler.sample(
        count: rows.count, seed: drawing.seed, threads: threads, engine: engine),
      title: "Data and samples: \(configuration.dataset.name)")
  }

  private func reverse(
    _ model: DiffusionModel, _ configuration: RunConfiguration
  ) throws -> ReverseProcessPlot {
    let count = pathCount(configuration)
    let (sampler, engine, threads) = try prepare(model, configuration, count: count)
    let states = try trajectory(sampler, configuration, count, engine, threads)
    return ReverseProcessPlot(
      panels(sampler).map { (timestep: sampler.steps - $0, points: states[$0]) },
      title: "The reverse process, from noise to samples")
  }

  private func field(
    _ model: DiffusionModel, _ configuration: RunConfiguration
  ) throws -> FieldPlot {
    if configuration.model.dimension != 2 {
      throw ToolError(
        "--kind field: the samples have \(counted(configuration.model.dimension, "column")); a field "
          + "needs two")
    }
    let count = pathCount(configuration)
    let (sampler, engine, threads) = try prepare(model, configuration, count: count)
    let states = try trajectory(sampler, configuration, count, engine, threads)
    let shown = evenlyNoisy(sampler)
    let places = FieldPlot.places(covering: shown.map { states[$0] })
    return FieldPlot(
      shown.map { index in
        let level = sampler.levels[index].variancePreserving
        let name = "σ = \(level.sigma.fixed(2))"
        // The score is not defined without noise.
        if level.sigma == 0 { return FieldPlot.State(name: name, states[index]) }
        return FieldPlot.State(
          name: name, states[index], places: places,
          vectors: sampler.drift(at: places, level, engine: engine))
      }, unit: 2, title: "The reverse process, and where the score leads")
  }

  /// The number of samples whose states are shown.
  private func pathCount(_ configuration: RunConfiguration) -> Int {
    min(count ?? 3000, configuration.dataset.count)
  }

  /// Returns the states of the samples from noise to data.
  private func trajectory(
    _ sampler: Sampler, _ configuration: RunConfiguration, _ count: Int, _ engine: Engine,
    _ threads: Int
  ) throws -> [Matrix<Float>] {
    try requireMemory(
      "--count \(count)", count, configuration.model.dimension, numbersEach: sampler.steps + 8)
    return sampler.trajectory(count: count, seed: drawing.seed, threads: threads, engine: engine)
  }

  /// Returns the indices of the states to show: at most six, including the first and the last.
  private func panels(_ sampler: Sampler) -> [Int] {
    let panels = min(5, sampler.steps)
    return (0...panels).map { $0 * sampler.steps / panels }
  }

  /// Returns the indices of states that are spaced as evenly in σ as the sampler's steps allow, including the
  /// first and the last. Few of the first steps are shown if σ changes little between them.
  private func evenlyNoisy(_ sampler: Sampler) -> [Int] {
    let noise = sampler.levels.map(\.variancePreserving.sigma)
    var shown: [Int] = []
    for panel in 0...5 {
      let aim = noise[0] * (1 - Double(panel) / 5)
      guard let nearest = noise.indices.min(by: { abs(noise[$0] - aim) < abs(noise[$1] - aim) })
      else { continue }
      if shown.last != nearest { shown.append(nearest) }
    }
    return shown
  }

  private func prepare(
    _ model: DiffusionModel, _ configuration: RunConfiguration, count: Int
  ) throws -> (Sampler, Engine, Int) {
    let columns = configuration.model.dimension
    if columns < 2 {
      throw ToolError("the samples have \(columns) column; a scatter plot needs two")
    }
    return (
      try drawing.sampler(model, configuration, count: count).sampler, drawing.compute.prepare(),
      drawing.compute.samplingThreads
    )
  }
}

extension Sampler {
  /// Returns σ times the score, (α D - x)/σ, which is the expected noise with the opposite sign, in units of
  /// the data's standard deviation.
  ///
  /// - Parameters:
  ///   - places: The points, in the space of the samples, scaled to α² + σ² = 1.
  ///   - level: The noise level, with α² + σ² = 1.
  fileprivate func drift(at places: Matrix<Float>, _ level: NoiseLevel, engine: Engine) -> Matrix<
    Float
  > {
    let states = standardization?.apply(to: places) ?? places
    var drift = Float(level.alpha) * denoiser.denoise(states, at: level, engine: engine)
    drift.add(states, scaledBy: -1)
    let deviation = standardization?.deviation ?? [1, 1]
    let mean = deviation.reduce(0, +) / Double(deviation.count)
    return Matrix<Float>(rows: drift.rows, columns: drift.columns) { row, column in
      drift[row, column] * Float(deviation[column] / (mean * level.sigma))
    }
  }
}
