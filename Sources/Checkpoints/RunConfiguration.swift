public import Diffusion
public import Tables

/// What a run was asked to do: the contents of `config.json`. It does not change as training goes on.
public struct RunConfiguration: Codable, Sendable, Hashable {
  /// The version of this layout; readers refuse those that they do not know.
  public var format: Int
  /// Where the data come from.
  public var dataset: Dataset
  /// What the network looks like, and what it learns.
  public var model: Model
  /// How the network is trained.
  public var training: Training
  /// The moments of the data that are trained on: what standardises them, and what a schedule is held
  /// against. Missing in runs of format 1, and before the data are there.
  public var moments: DataMoments?

  /// How the rows of a table are points; nil if the data are points.
  public var table: TableEncoding?

  /// The version that this code writes.
  public static let currentFormat = 3
  /// The versions that it reads. Format 1 knew the original program's model alone, format 2 named data
  /// sets.
  static let knownFormats = 1...currentFormat
  /// The largest `config.json` that is read, in bytes.
  public static let sizeLimit = 1 << 27
  /// The largest number of parameters of a network that is read.
  public static let parameterLimit = 1 << 27
  /// The largest number of steps of a whole training.
  public static let stepLimit = 1 << 48

  enum CodingKeys: String, CodingKey { case format, dataset, model, training, moments, table }

  /// A configuration of the current format.
  public init(
    dataset: Dataset, model: Model, training: Training, moments: DataMoments? = nil,
    table: TableEncoding? = nil
  ) {
    self.format = Self.currentFormat
    self.dataset = dataset
    self.model = model
    self.training = training
    self.moments = moments
    self.table = table
  }

  /// Rows that are trained on: all but those that are held out.
  public var trainingRows: Int { dataset.count - dataset.heldOutRows }

  /// What the rows of the data are.
  public var dataKind: Preset.DataKind { Preset.DataKind(table) }

  /// In how many steps samples are drawn; nil for the sampler's own number.
  public var samplingSteps: Int? {
    model.levels != nil && model.preset == .best && dataKind == .table
      ? Preset.samplingStepsOfTables : nil
  }

  /// How many steps an epoch has; the last may have a smaller batch.
  public var stepsPerEpoch: Int { (trainingRows - 1) / training.batchSize + 1 }
}

extension RunConfiguration {
  /// Where the data come from.
  public struct Dataset: Codable, Sendable, Hashable {
    /// The name, as on the command line.
    public var name: String
    /// How many points.
    public var count: Int
    /// The seed of the points.
    public var seed: UInt64
    /// The noise of the data set; nil for its own.
    public var noise: Double?
    /// The share of the points that training does not see; nil is none.
    public var heldOut: Double?
    /// The file that they are from; nil if the name tells.
    public var file: FileSource?

    /// The data set `name` of `count` points from `seed`.
    public init(
      name: String, count: Int, seed: UInt64, noise: Double? = nil, heldOut: Double? = nil,
      file: FileSource? = nil
    ) {
      self.name = name
      self.count = count
      self.seed = seed
      self.noise = noise
      self.heldOut = heldOut
      self.file = file
    }

    /// How many points training does not see.
    public var heldOutRows: Int { Int(Double(count) * (heldOut ?? 0)) }
  }

  /// A file of data, and how it is read.
  public struct FileSource: Codable, Sendable, Hashable {
    /// Where it lies, from the root of the file system; `-` is standard input.
    public var path: String
    /// By which a changed file is noticed.
    public var digest: String
    /// Columns that are left out.
    public var dropped: [String]?
    /// The texts that stand for a missing cell besides the usual words.
    public var missing: [String]?
    /// The same for single columns.
    public var missingInColumn: [String: [String]]?
    /// What separates cells; nil if the file shows it.
    public var separator: String?
    /// What separates groups of three digits; nil if a column shows it.
    public var thousands: String?
    /// What separates a number from its decimals; nil if a column shows it.
    public var decimalMark: String?
    /// Whether the first line has names; nil if the file shows it.
    public var hasHeader: Bool?
    /// Another file, of one column with the condition of each row; nil without such a file.
    public var labels: Labels?

    /// A file of labels.
    public struct Labels: Codable, Sendable, Hashable {
      /// Where it lies, from the root of the file system.
      public var path: String
      /// By which a changed file is noticed.
      public var digest: String
      /// How it lays out its labels; nil if it is text.
      public var layout: TableLayout?

      /// The file at `path`.
      public init(path: String, digest: String, layout: TableLayout? = nil) {
        (self.path, self.digest, self.layout) = (path, digest, layout)
      }
    }

    /// The file at `path`, read as `options` say.
    public init(
      path: String, digest: String, options: TableOptions = TableOptions(), labels: Labels? = nil
    ) {
      self.path = path
      self.digest = digest
      self.labels = labels
      dropped = options.dropped.isEmpty ? nil : options.dropped.sorted()
      missing = options.missing.isEmpty ? nil : options.missing.sorted()
      missingInColumn =
        options.missingInColumn.isEmpty ? nil : options.missingInColumn.mapValues { $0.sorted() }
      separator = options.separator.map(String.init)
      thousands = options.thousands.map(String.init)
      decimalMark = options.decimalMark.map(String.init)
      hasHeader = options.hasHeader
    }

    /// How the file is read, apart from the kinds of its columns.
    public var options: TableOptions {
      var options = TableOptions()
      options.dropped = Set(dropped ?? [])
      options.missing = Set(missing ?? [])
      options.missingInColumn = (missingInColumn ?? [:]).mapValues { Set($0) }
      options.separator = separator?.first
      options.thousands = thousands?.first
      options.decimalMark = decimalMark?.first
      options.hasHeader = hasHeader
      return options
    }
  }

  /// How the network is trained.
  public struct Training: Codable, Sendable, Hashable {
    /// Rows a step.
    public var batchSize: Int
    /// α of Adam.
    public var learningRate: Double
    /// Over so many steps the learning rate rises.
    public var warmUpSteps: Int?
    /// Whether the learning rate falls to 0 at the last epoch, along a cosine.
    public var cosineDecay: Bool?
    /// The norm at which gradients are clipped; nil if they are not.
    public var maximumGradientNorm: Double?
    /// How much the error counts at each level; nil is 1.
    public var weighting: Weighting?
    /// How many rows of a batch share a level; nil is 1.
    public var rowsPerLevel: Int?
    /// The decay of the average of the parameters; nil is no average.
    public var emaDecay: Double?
    /// The share of rows whose context is not seen; nil is none, as where there are no contexts.
    public var contextDropout: Double?
    /// The seed of initial parameters, batches and noise.
    public var seed: UInt64
    /// Passes over the data in all.
    public var epochs: Int

    private enum CodingKeys: String, CodingKey {
      case batchSize, learningRate, warmUpSteps, cosineDecay, maximumGradientNorm, weighting
      case rowsPerLevel
      case emaDecay = "averageDecay"
      case contextDropout, seed, epochs
    }

    /// Settings of training.
    public init(
      batchSize: Int, learningRate: Double, warmUpSteps: Int? = nil, cosineDecay: Bool? = nil,
      maximumGradientNorm: Double?, weighting: Weighting? = nil, rowsPerLevel: Int? = nil,
      emaDecay: Double? = nil, contextDropout: Double? = nil, seed: UInt64, epochs: Int
    ) {
      self.batchSize = batchSize
      self.learningRate = learningRate
      self.warmUpSteps = warmUpSteps
      self.cosineDecay = cosineDecay
      self.maximumGradientNorm = maximumGradientNorm
      self.weighting = weighting
      self.rowsPerLevel = rowsPerLevel
      self.emaDecay = emaDecay
      self.contextDropout = contextDropout
      self.seed = seed
      self.epochs = epochs
    }
  }

  /// `LossWeighting` by name.
  public enum Weighting: String, Codable, Sendable, Hashable, CaseIterable {
    /// 1 for the error of what the network estimates.
    case uniform
    /// By the signal-to-noise ratio, up to a limit (Hang et al., 2023).
    case minimumSNR = "min-snr"
    /// That of Karras et al. (2022).
    case edm

    var weighting: LossWeighting {
      switch self {
      case .uniform: .uniform
      case .minimumSNR: .minimumSNR()
      case .edm: .edm()
      }
    }
  }

  /// The settings of training, on `threads` threads.
  public func trainingConfiguration(threads: Int) -> TrainingConfiguration {
    TrainingConfiguration(
      batchSize: training.batchSize, learningRate: training.learningRate,
      learningRateSchedule: LearningRateSchedule(
        warmUpSteps: training.warmUpSteps ?? 0,
        decay: training.cosineDecay == true
          ? .cosine(steps: training.epochs * stepsPerEpoch) : .none),
      maximumGradientNorm: training.maximumGradientNorm,
      weighting: training.weighting?.weighting ?? .uniform,
      rowsPerLevel: training.rowsPerLevel ?? 1, emaDecay: training.emaDecay,
      contextDropout: training.contextDropout ?? 0, seed: training.seed, threads: threads)
  }
}
