import Diffusion
import NeuralNetwork
package import Tables

/// A recipe: which model is trained, and how.
public enum Preset: String, Codable, Sendable, Hashable, CaseIterable {
  /// The recipe of Karras et al. (2022) on standardized data, for samples that cannot be told from the data.
  case best
  /// The original program with a corrected schedule, otherwise unchanged.
  case fixed
  /// The original program, unchanged.
  case original

  /// Creates the preset `name`; `seed`, the former name of ``original``, is also accepted.
  public init?(rawValue name: String) {
    switch name {
    case "best": self = .best
    case "fixed": self = .fixed
    case "original", "seed": self = .original
    default: return nil
    }
  }

  /// A one-line description of the preset.
  public var summary: String {
    switch self {
    case .best:
      """
      residual network with Fourier features of the noise level, EDM preconditioning and noise levels, \
      standardized data, cosine decay, EMA; sampled by DPM-Solver++ in 40 steps, tables in 20; categories of \
      tables filled in one by one
      """
    case .fixed:
      """
      the original program with a schedule that ends in noise: sigmoid, beta from 0.001 to 0.2
      """
    case .original:
      """
      the original program: layers scaled by a table of 100 timesteps, softplus, sigmoid schedule \
      (which leaves 60 % of the signal), Adam 0.001
      """
    }
  }

  /// The number of rows from which on `best` also sees the coordinates of a table as waves. With fewer rows,
  /// it would memorize the steps of their distributions.
  private static let rowsForOctaves = 2000

  /// The kind of rows of data.
  package enum DataKind: Sendable, Hashable {
    /// Points of a space.
    case points
    /// Coordinates of a table.
    case table
    /// Pixels of images.
    case images

    /// Creates the kind of rows that `table` encodes; nil if the data are no table.
    package init(_ table: TableEncoding?) {
      self = table.map { $0.image == nil ? .table : .images } ?? .points
    }
  }

  /// The number of rows of a table from which on `best` has a wide network, and learns from large batches.
  /// With fewer rows, a wide network is not better, and takes longer.
  private static let rowsForWidth = 2000

  /// Returns the width and the number of the residual blocks of `best`, for `rows` rows of `dimension` columns.
  private static func blocks(
    dimension: Int, rows: Int, of kind: DataKind
  ) -> (width: Int, blocks: Int) {
    switch kind {
    case .points: (64, 8)
    case .table: rows >= rowsForWidth ? (256, 4) : (64, 8)
    // Pixels are many and correlated; a wider network memorizes a thousand images.
    case .images: (dimension > 256 ? 512 : 128, 4)
    }
  }

  /// Returns the model for `rows` rows of `dimension` columns.
  package func model(
    dimension: Int, rows: Int, of kind: DataKind = .points
  ) -> RunConfiguration.Model {
    switch self {
    case .best:
      let (width, blocks) = Self.blocks(dimension: dimension, rows: rows, of: kind)
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

  /// The number of points to draw from a data set that is not limited.
  ///
  /// A model also learns the random deviations of its points from their distribution. With five times the
  /// original program's points, and no more steps, the preset `best` comes closer to that distribution.
  package var points: Int { self == .best ? 50_000 : 10_000 }

  /// The number of rows that the training of `best` sees, counting each repetition.
  private static let rowsSeen = 4_000_000

  /// The largest number of epochs of `best` on a table; in more epochs it would memorize the rows.
  private static let epochsOfTables = 400

  /// The batch size and the learning rate of `best` with a wide network on a table.
  private static let largeBatch = 512
  private static let rateOfLargeBatch = 4e-3

  /// The largest number of epochs of `best` on images.
  private static let epochsOfImages = 300

  /// The number of steps in which `best` samples a table, on continuous noise levels. More steps bring
  /// nothing, because values are rounded and categories chosen in the end.
  static let samplingStepsOfTables = 20

  /// The share of rows that are trained on without their context, where there are contexts.
  package static let contextDropout = 0.1

  private static func mostEpochs(of kind: DataKind) -> Int {
    switch kind {
    case .points: .max
    case .table: epochsOfTables
    case .images: epochsOfImages
    }
  }

  /// Returns the settings of training on `rows` rows with `seed`.
  package func training(
    seed: UInt64, rows: Int, of kind: DataKind = .points
  ) -> RunConfiguration.Training {
    switch self {
    case .best:
      let settings = TrainingConfiguration.best(steps: 1)
      let isWide = kind == .table && rows >= Self.rowsForWidth
      return RunConfiguration.Training(
        batchSize: isWide ? Self.largeBatch : settings.batchSize,
        learningRate: isWide ? Self.rateOfLargeBatch : settings.learningRate, decay: .cosine,
        maximumGradientNorm: settings.maximumGradientNorm, rowsPerLevel: settings.rowsPerLevel,
        emaDecay: settings.emaDecay, seed: seed,
        epochs: min(max(1, Self.rowsSeen / max(1, rows)), Self.mostEpochs(of: kind)))
    case .fixed, .original: return RunConfiguration.Training(seed: seed)
    }
  }
}
