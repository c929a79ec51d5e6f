import ArgumentParser
import Checkpoints
import Diffusion
import Langevin
import LinearAlgebra
import Plots
import Tables

struct AnimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "animate",
    abstract: "Show how noise becomes samples, as a moving picture.",
    discussion: """
      Samples of a run with two columns go from noise to data; the data stand faint behind them. Images are a \
      grid, with a line for each class. The \
      corners tell the noise, σ from 1 to 0 where variance is preserved, and the sampler's step. \
      Frames are evenly spaced along the way, by the angle arctan(σ/α); between two states of the \
      sampler, points go in a straight line. The last frame stays for two seconds.

      EXAMPLE
        langevin animate roll --output reverse.webp
        langevin animate roll --frames 120 --seconds 6 --size 720 --output large.webp
        langevin animate roll --sampler dpm++ --steps 10 --output fast.webp
      """)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The animation: a file that ends in .webp.", valueName: "FILE"),
    completion: .file(extensions: ["webp"]))
  var output: String

  @Option(
    help: ArgumentHelp(
      "How many samples; at most as many as the data, or, of images, as a grid has room for.",
      valueName: "N"))
  var count: Int = 2000

  @Option(help: ArgumentHelp("How many pictures there are from noise to samples.", valueName: "N"))
  var frames: Int = 60

  @Option(help: ArgumentHelp("Width and height in pixels.", valueName: "N"))
  var size: Int = 480

  @Option(help: ArgumentHelp("How long the way from noise to samples takes.", valueName: "S"))
  var seconds: Double = 4

  @OptionGroup var drawing: DrawingOptions

  /// How long the last frame stays.
  private static let hold = 2.0

  mutating func validate() throws {
    try requirePositive("--count", count)
    if !(2...1000).contains(frames) {
      throw ValidationError("--frames \(frames): choose from 2 to 1000")
    }
    if !(64...2048).contains(size) {
      throw ValidationError("--size \(size): choose from 64 to 2048")
    }
    if !(0.1...600).contains(seconds) {
      throw ValidationError("--seconds \(seconds): choose from 0.1 to 600")
    }
    if Double(frames - 1) / seconds > 60 {
      throw ValidationError(
        "--frames \(frames) in --seconds \(seconds): that is more than 60 a second; choose fewer "
          + "frames, or more seconds")
    }
    do {
      try ReverseAnimation.checkName(output)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  mutating func run() throws {
    let run = try drawing.run(writing: output)
    let animation = try animation(run.model, run.configuration)
    try animation.write(to: output, side: size, seconds: seconds, hold: Self.hold)
    try drawing.tell(written: output)
  }

  private func animation(
    _ model: DiffusionModel, _ configuration: RunConfiguration
  ) throws -> ReverseAnimation {
    let images = configuration.table.flatMap { $0.image == nil ? nil : $0 }
    if images == nil { try configuration.requireNoTable("animate") }
    let columns = configuration.model.dimension
    if columns != 2 && images == nil {
      throw ToolError(
        "animate: the samples have \(counted(columns, "column")); an animation is drawn of two")
    }
    let count =
      images.map { min(self.count, ImageGallery.rows($0)) }
      ?? min(self.count, configuration.dataset.count)
    let sampler = try drawing.sampler(model, configuration, count: count)
    try requireMemory(
      "--count \(count)", count, columns, numbersEach: sampler.sampler.steps + frames + 16)
    let path = ReversePath(
      sampler.sampler, count: count, length: frames, seed: drawing.seed,
      threads: drawing.compute.samplingThreads, engine: drawing.compute.prepare())
    let gallery = images.flatMap {
      ImageGallery($0, sampler.rows(path.states[path.states.count - 1].points))
    }
    let states = path.states.map { state in
      let (name, detail) = (
        "σ = \(state.noise.fixed(2))", "step \(state.step) of \(path.steps)"
      )
      return gallery.map {
        ReverseAnimation.State(name: name, detail: detail, images: $0.images(state.points))
      } ?? ReverseAnimation.State(name: name, detail: detail, points: state.points)
    }
    if gallery != nil { return ReverseAnimation(states) }
    return ReverseAnimation(
      states, data: try configuration.trainingData().training.evenlySpacedRows(count))
  }
}

extension Matrix {
  /// `count` rows from the first on, as far apart as there are enough for; all if there are fewer.
  func evenlySpacedRows(_ count: Int) -> Matrix {
    if count >= rows { return self }
    return rows(at: (0..<count).map { $0 * rows / count })
  }
}
