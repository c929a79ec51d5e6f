public import ArgumentParser
public import Checkpoints
import Diffusion

extension RunConfiguration.Weighting: ExpressibleByArgument {}

/// What departs from the preset's training.
struct TrainingOptions: ParsableArguments {
  enum Decay: String, CaseIterable, ExpressibleByArgument {
    case none
    case cosine
  }

  @Option(
    help: ArgumentHelp(
      "Passes over the data. Unless given, 1000 for seed and fixed, and so many for best that it sees "
        + "four million points, but each row of a table at most 1000 times.", valueName: "N"))
  var epochs: Int?

  @Option(help: ArgumentHelp("Points a step.", valueName: "N"))
  var batch: Int?

  @Option(help: ArgumentHelp("The learning rate of Adam.", valueName: "L"))
  var learningRate: Double?

  @Option(help: ArgumentHelp("Over so many steps the learning rate rises.", valueName: "N"))
  var warmUp: Int?

  @Option(help: "Whether the learning rate falls to 0 along a cosine: none or cosine.")
  var decay: Decay?

  @Option(
    help: ArgumentHelp(
      "How much the error counts at each level: uniform, min-snr (gamma 5) or edm.",
      valueName: "KIND"))
  var weighting: RunConfiguration.Weighting?

  @Option(
    help: ArgumentHelp("Points of a batch that share a level of noise (residual).", valueName: "N"))
  var rowsPerLevel: Int?

  @Option(
    help: ArgumentHelp(
      "The decay of the average of the parameters, which samples come from; 0 is no average.",
      valueName: "D"))
  var average: Double?

  @Option(
    name: .customLong("condition-dropout"),
    help: ArgumentHelp(
      "The share of rows whose conditions training does not see, which --guidance needs; 0.1 unless given.",
      valueName: "SHARE"))
  var contextDropout: Double?

  @Option(
    help: ArgumentHelp("The share of the points that is held out of training.", valueName: "SHARE"))
  var heldOut: Double?

  mutating func validate() throws {
    if let epochs { try requirePositive("--epochs", epochs) }
    if let batch { try requirePositive("--batch", batch) }
    if let rowsPerLevel { try requirePositive("--rows-per-level", rowsPerLevel) }
    if let learningRate, !TrainingConfiguration.isLearningRate(learningRate) {
      throw ValidationError(
        "--learning-rate \(learningRate): choose a number above 0, up to "
          + "\(TrainingConfiguration.largestLearningRate)")
    }
    if let warmUp, warmUp < 0 {
      throw ValidationError("--warm-up \(warmUp): choose a number from 0 on")
    }
    if let average, !(0..<1).contains(average) {
      throw ValidationError("--average \(average): choose a number from 0 up to 1")
    }
    if let contextDropout, !(0...1).contains(contextDropout) {
      throw ValidationError(
        "--condition-dropout \(contextDropout): choose a share from 0 to 1")
    }
    if let heldOut, !(0..<1).contains(heldOut) {
      throw ValidationError("--held-out \(heldOut): choose a share from 0 up to 1")
    }
  }

  /// Gives the preset's `training` what was asked for.
  func apply(to training: inout RunConfiguration.Training) throws {
    if let epochs { training.epochs = epochs }
    if let batch { training.batchSize = batch }
    if let learningRate { training.learningRate = learningRate }
    if let warmUp { training.warmUpSteps = warmUp > 0 ? warmUp : nil }
    if let decay { training.cosineDecay = decay == .cosine ? true : nil }
    if let weighting { training.weighting = weighting == .uniform ? nil : weighting }
    if let rowsPerLevel { training.rowsPerLevel = rowsPerLevel }
    if let average { training.emaDecay = average > 0 ? average : nil }
    if let contextDropout {
      if training.contextDropout == nil {
        throw ValidationError(
          "--condition-dropout: there is no condition; name one with --condition")
      }
      training.contextDropout = contextDropout
    }
  }
}
