import Diffusion
import NeuralNetwork
package import Tables

/// A recipe: which model is trained, and how.
public enum Preset: String, Codable, Sendable, Hashable, CaseIterable {
  /// The recipe of Karras et al. (2022) on standardized data: samples that cannot be told from the data.
  case best
  /// The original program with its schedule mended, and nothing else.
  case fixed
  /// The original program, to the letter.
  case original

  /// Creates the preset `name`. The former name of ``original``, `seed`, is accepted too.
  public init?(rawValue name: String) {
    switch name {
    case "best": self = .best
    case "fixed": self = .fixed
    case "original", "seed": self = .original
    default: return nil
    }
  }

  /// What it is, in a line.
  public var summary: String {
    switch self {
    case .best:
      """
      residual network of 8 blocks with Fourier features of the noise, EDM preconditioning and levels, \
      standardized data, cosine decay, averaged parameters; sampled by DPM-Solver++ in 40 steps, tables in 20
      """
    case .fixed:
      """
      the original program, but its schedule ends in noise: sigmoid from beta 0.001 to 0.2
      """
    case .original:
      """
      the original program: layers scaled by a table of 100 timesteps, softplus, sigmoid schedule \
      (which leaves 60 % of the signal), Adam 0.001
      """
    }
  }

  /// From so many rows on, `best` sees the coordinates of a table as waves besides: with fewer, it would
  /// learn the steps of their distributions by heart.
  private static let rowsForOctaves = 2000

  /// What rows of data are.
  package enum DataKind: Sendable, Hashable {
    /// Points of a space.
    case points
    /// Coordinates of a table.
    case table
    /// Pixels of images.
    case images

    /// What rows in the coordinates of `table` are; nil is no table.
    package init(_ table: TableEncoding?) {
      self = table.map { $0.image == nil ? .table : .images } ?? .points
    }
  }

  /// The width and the number of the residual blocks of `best`, for data of `dimension` columns.
  private static func blocks(dimension: Int, of kind: DataKind) -> (width: Int, blocks: Int) {
    // Pixels are many and correlated; a wider network memorizes a thousand images.
    kind == .images ? (dimension > 256 ? 512 : 128, 4) : (64, 8)
  }

  /// The model for `rows` rows of `dimension` columns.
  package func model(
    dimension: Int, rows: Int, of kind: DataKind = .points
  ) -> RunConfiguration.Model {
    switch self {
    case .best:
      let (width, blocks) = Self.blocks(dimension: dimension, of: kind)
      return RunConfiguration.Model(
        preset: self, dimension: dimension,
        network: .residual(
          width: width, blocks: blocks, activation: .silu,
          octaves: kind == .table && rows >= Self.rowsForOctaves ? 4 : 0),
        process: .logNormal(LogNormalNoise()), prediction: .preconditioned, isStandardized: true,
        samplingSteps: kind == .table ? Self.samplingStepsOfTables : nil)
    case .fixed, .original:
      var model = RunConfiguration.Model(preset: self, dimension: dimension)
      if self == .fixed {
        model.process = .schedule(
          ScheduleConfiguration(.sigmoid, steps: 100, start: 1e-3, end: 0.2))
      }
      return model
    }
  }

  /// How many points of a data set that can be drawn without end it takes.
  ///
  /// What is random in the data is learned with them: with five times the original program's points, and
  /// no more steps, the preset `best` comes closer to the distribution that they are from.
  package var points: Int { self == .best ? 50_000 : 10_000 }

  /// How many rows, each as often as it comes, the training of `best` sees.
  private static let rowsSeen = 4_000_000

  /// How often `best` sees a row of a table, at most. More teaches it the rows themselves.
  private static let epochsOfTables = 1000

  /// How often it sees an image, at most.
  private static let epochsOfImages = 300

  /// In how many steps `best` samples a table, of continuous levels. Values are rounded and categories
  /// chosen in the end, so that more of them bring nothing.
  static let samplingStepsOfTables = 20

  /// The share of rows whose context is not seen, where there are contexts.
  package static let contextDropout = 0.1

  private static func mostEpochs(of kind: DataKind) -> Int {
    switch kind {
    case .points: .max
    case .table: epochsOfTables
    case .images: epochsOfImages
    }
  }

  /// Its training on `rows` rows from `seed`.
  package func training(
    seed: UInt64, rows: Int, of kind: DataKind = .points
  ) -> RunConfiguration.Training {
    switch self {
    case .best:
      let settings = TrainingConfiguration.best(steps: 1)
      return RunConfiguration.Training(
        batchSize: settings.batchSize, learningRate: settings.learningRate, decay: .cosine,
        maximumGradientNorm: settings.maximumGradientNorm, rowsPerLevel: settings.rowsPerLevel,
        emaDecay: settings.emaDecay, seed: seed,
        epochs: min(max(1, Self.rowsSeen / max(1, rows)), Self.mostEpochs(of: kind)))
    case .fixed, .original: return RunConfiguration.Training(seed: seed)
    }
  }
}
