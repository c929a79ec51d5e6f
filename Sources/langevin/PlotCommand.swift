import ArgumentParser
import Checkpoints
import Diffusion
import LinearAlgebra
import Plots

struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw a picture of a run.",
    discussion: """
      KINDS
        samples  the data beside as many samples
        reverse  a strip of states on the way from noise to samples
        loss     the mean loss of each epoch

      EXAMPLE
        langevin plot roll --output samples.png
        langevin plot roll --kind reverse --output reverse.svg
      """)

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case samples
    case reverse
    case loss
  }

  @Argument(help: ArgumentHelp("The folder of the run.", valueName: "DIR"))
  var folder: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The picture: a file that ends in .png or .svg.", valueName: "FILE"))
  var output: String

  @Option(help: "What it shows: samples, reverse or loss.")
  var kind: Kind = .samples

  @Option(help: ArgumentHelp("How many points; at most as many as the data.", valueName: "N"))
  var count: Int?

  @Option(help: ArgumentHelp("What the samples come from.", valueName: "S"))
  var seed: UInt64 = 0

  @OptionGroup(title: "Sampler") var sampling: SamplingOptions

  @OptionGroup var compute: ComputeOptions

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  mutating func validate() throws {
    if let count { try requirePositive("--count", count) }
    do {
      _ = try PlotFormat(path: output)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  mutating func run() throws {
    let folder = RunFolder(folder)
    let configuration = try folder.configuration()
    switch kind {
    case .samples: try samples(folder, configuration).write(to: output)
    case .reverse: try reverse(folder, configuration).write(to: output)
    case .loss:
      try LossCurve(try folder.progress().epochLosses, title: "Training loss").write(to: output)
    }
    if !quiet { try Terminal.output("wrote \(output)") }
  }

  private func samples(
    _ folder: RunFolder, _ configuration: RunConfiguration
  ) throws -> ScatterPlot {
    let count = min(count ?? 10_000, configuration.dataset.count)
    try requireMemory("--count \(count)", count, configuration.model.dimension, numbersEach: 8)
    let data = try configuration.trainingData().training
    let rows = 0..<min(count, data.rows)
    let (sampler, engine, threads) = try prepare(folder, configuration)
    return ScatterPlot(
      data: data.rows(rows),
      samples: sampler.sample(count: rows.count, seed: seed, threads: threads, engine: engine),
      title: "Data and samples: \(configuration.dataset.name)")
  }

  private func reverse(
    _ folder: RunFolder, _ configuration: RunConfiguration
  ) throws -> ReverseProcessPlot {
    let count = min(count ?? 3000, configuration.dataset.count)
    let (sampler, engine, threads) = try prepare(folder, configuration)
    try requireMemory(
      "--count \(count)", count, configuration.model.dimension, numbersEach: sampler.steps + 8)
    let states = sampler.trajectory(count: count, seed: seed, threads: threads, engine: engine)
    let steps = states.count - 1
    let panels = min(5, steps)
    return ReverseProcessPlot(
      (0...panels).map { panel in
        let remaining = steps - panel * steps / panels
        return (timestep: remaining, points: states[steps - remaining])
      }, title: "The reverse process, from noise to samples")
  }

  private func prepare(
    _ folder: RunFolder, _ configuration: RunConfiguration
  ) throws -> (Sampler, Engine, Int) {
    let model = try folder.model(configuration)
    if model.dimension < 2 {
      throw ToolError("the samples have \(model.dimension) column; a scatter plot needs two")
    }
    return (
      try sampling.sampler(model, configuration), compute.prepare(), compute.samplingThreads
    )
  }
}
