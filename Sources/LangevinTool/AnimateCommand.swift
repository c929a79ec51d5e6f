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
    abstract: "Animate how noise becomes samples",
    discussion: """
      Samples with two columns move from noise to data, over the data in a faint color. Images are shown as \
      a grid with one line per class. The corners show the noise level, σ from 1 to 0 with α² + σ² = 1, and \
      the sampler's step. Frames are evenly spaced in the angle arctan(σ/α). Between two states of the \
      sampler, points move in a straight line. The last frame stays for two seconds.

      EXAMPLE
        langevin animate roll --output reverse.webp
        langevin animate roll --frames 120 --seconds 6 --size 720 --output large.webp
        langevin animate roll --sampler dpm++ --steps 10 --output fast.webp
      """)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("File for the animation: .webp.", valueName: "FILE"),
    completion: .file(extensions: ["webp"]))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Number of samples, at most that of the data, or of images at most enough to fill the grid.",
      valueName: "N"))
  var count: Int = 2000

  @Option(help: ArgumentHelp("Number of frames from noise to samples.", valueName: "N"))
  var frames: Int = 60

  @Option(help: ArgumentHelp("Width and height, in pixels.", valueName: "N"))
  var size: Int = 480

  @Option(help: ArgumentHelp("Duration from noise to samples, in seconds.", valueName: "S"))
  var seconds: Double = 4

  @OptionGroup var drawing: DrawingOptions

  /// The duration of the last frame, in seconds.
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
        "--frames \(frames) in --seconds \(seconds): more than 60 frames a second; choose fewer "
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
    try drawing.reportWritten(output)
  }

  private func animation(
    _ model: DiffusionModel, _ configuration: RunConfiguration
  ) throws -> ReverseAnimation {
    let images = configuration.table.flatMap { $0.image == nil ? nil : $0 }
    if images == nil { try configuration.requireNoTable("animate") }
    let columns = configuration.model.dimension
    if columns != 2 && images == nil {
      throw ToolError(
        "animate: the samples have \(counted(columns, "column")); an animation needs two")
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
    if gallery != nil { return ReverseAnimation(states: states) }
    return ReverseAnimation(
      states: states, data: try configuration.trainingData().training.evenlySpacedRows(count))
  }
}
