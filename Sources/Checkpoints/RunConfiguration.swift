public import Diffusion

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What a run was asked to do: the contents of `config.json`. It does not change as training goes on.
public struct RunConfiguration: Codable, Sendable, Hashable {
  /// Where the data come from.
  public struct Dataset: Codable, Sendable, Hashable {
    /// The name, as on the command line.
    public var name: String
    /// How many points.
    public var count: Int
    /// The seed of the points.
    public var seed: UInt64

    /// The data set `name` of `count` points from `seed`.
    public init(name: String, count: Int, seed: UInt64) {
      self.name = name
      self.count = count
      self.seed = seed
    }
  }

  /// What the network looks like.
  public struct Model: Codable, Sendable, Hashable {
    /// The recipe: `seed` is the original program's.
    public var preset: String
    /// Columns of a sample.
    public var dimension: Int
    /// Widths of the hidden layers.
    public var hidden: [Int]
    /// Timesteps of the schedule.
    public var steps: Int

    /// A network of `preset`.
    public init(preset: String = "seed", dimension: Int, hidden: [Int], steps: Int) {
      self.preset = preset
      self.dimension = dimension
      self.hidden = hidden
      self.steps = steps
    }
  }

  /// How the network is trained.
  public struct Training: Codable, Sendable, Hashable {
    /// Rows a step.
    public var batchSize: Int
    /// α of Adam.
    public var learningRate: Double
    /// The norm at which gradients are clipped; nil if they are not.
    public var maximumGradientNorm: Double?
    /// The seed of initial parameters, batches and noise.
    public var seed: UInt64
    /// Passes over the data in all.
    public var epochs: Int

    /// Settings of training.
    public init(
      batchSize: Int, learningRate: Double, maximumGradientNorm: Double?, seed: UInt64, epochs: Int
    ) {
      self.batchSize = batchSize
      self.learningRate = learningRate
      self.maximumGradientNorm = maximumGradientNorm
      self.seed = seed
      self.epochs = epochs
    }
  }

  /// The version of this layout; readers refuse others.
  public var format: Int
  /// Where the data come from.
  public var dataset: Dataset
  /// What the network looks like.
  public var model: Model
  /// How the network is trained.
  public var training: Training

  /// The version that this code writes.
  public static let currentFormat = 1
  /// The largest `config.json` that is read, in bytes.
  public static let sizeLimit = 1 << 20
  /// The largest number of parameters of a network that is read.
  public static let parameterLimit = 1 << 27
  /// The largest number of steps of a whole training.
  public static let stepLimit = 1 << 48

  /// A configuration of the current format.
  public init(dataset: Dataset, model: Model, training: Training) {
    self.format = Self.currentFormat
    self.dataset = dataset
    self.model = model
    self.training = training
  }

  /// The model before training.
  public func makeModel() throws(CheckpointError) -> DiffusionModel {
    try validate()
    return .seed(
      dimension: model.dimension, hidden: model.hidden, steps: model.steps, seed: training.seed)
  }

  /// The settings of training, on `threads` threads.
  public func trainingConfiguration(threads: Int) -> TrainingConfiguration {
    TrainingConfiguration(
      batchSize: training.batchSize, learningRate: training.learningRate,
      maximumGradientNorm: training.maximumGradientNorm, seed: training.seed, threads: threads)
  }

  /// Checks that each value is one that the program can work with.
  public func validate() throws(CheckpointError) {
    func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws(CheckpointError) {
      if !condition { throw .format(reason()) }
    }
    try require(
      format == Self.currentFormat,
      "format is \(format), this program reads \(Self.currentFormat); use the program that wrote it"
    )
    try require(
      model.preset == "seed", "model.preset is not one that this program knows; it knows seed")
    try require(
      (1...1 << 20).contains(model.dimension),
      "model.dimension is \(model.dimension); it must be from 1 to \(1 << 20)")
    try require(
      (1...1 << 20).contains(model.steps),
      "model.steps is \(model.steps); it must be from 1 to \(1 << 20)")
    try require(
      (1...64).contains(model.hidden.count),
      "model.hidden has \(model.hidden.count) widths; it must have from 1 to 64")
    try require(
      model.hidden.allSatisfy { (1...1 << 20).contains($0) },
      "model.hidden is \(model.hidden); widths must be from 1 to \(1 << 20)")
    try require(
      parameterCount <= Self.parameterLimit,
      """
      the network would have \(parameterCount) parameters, the limit is \(Self.parameterLimit); \
      choose smaller hidden widths or fewer steps
      """)
    try require(
      (1...1 << 31).contains(dataset.count),
      "dataset.count is \(dataset.count); it must be from 1 to \(1 << 31)")
    try require(
      (1...dataset.count).contains(training.batchSize),
      """
      training.batchSize is \(training.batchSize); it must be from 1 to the number of points, \
      \(dataset.count)
      """)
    try require(
      training.learningRate > 0 && training.learningRate.isFinite,
      "training.learningRate is \(training.learningRate); it must be a positive number")
    try require(
      training.maximumGradientNorm.map { $0 > 0 } ?? true,
      "training.maximumGradientNorm is not positive; leave it out to train without clipping")
    try require(
      (1...1 << 40).contains(training.epochs),
      "training.epochs is \(training.epochs); it must be from 1 to \(1 << 40)")
    try require(
      training.epochs <= Self.stepLimit / stepsPerEpoch,
      """
      training.epochs is \(training.epochs), of \(stepsPerEpoch) steps each, and the limit of \
      steps is \(Self.stepLimit); choose fewer epochs or larger batches
      """)
  }

  /// How many steps an epoch has; the last may have a smaller batch.
  public var stepsPerEpoch: Int { (dataset.count - 1) / training.batchSize + 1 }

  /// How many parameters the network has. The limits of widths and steps keep it from overflowing.
  public var parameterCount: Int {
    var count = 0
    var width = model.dimension
    for next in model.hidden {
      count += (width + 1 + model.steps) * next
      width = next
    }
    return count + (width + 1) * model.dimension
  }
}

extension RunConfiguration {
  /// The configuration that `json` holds, checked.
  public init(json bytes: [UInt8]) throws(CheckpointError) {
    do {
      self = try JSONDecoder().decode(RunConfiguration.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw .format("it is not a configuration of a run: \(Self.reason(error))")
    } catch {
      throw .format("it is not JSON; use the file that training wrote")
    }
    try validate()
  }

  /// As JSON, with sorted keys: equal configurations are equal bytes.
  public func json() throws(CheckpointError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    do {
      return [UInt8](try encoder.encode(self)) + [UInt8(ascii: "\n")]
    } catch {
      throw .format("the configuration cannot be written as JSON: a number is not finite")
    }
  }

  private static func reason(_ error: DecodingError) -> String {
    func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
      (context.codingPath + (last.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
    }
    return switch error {
    case .keyNotFound(let key, let context): "\(path(context, key)) is missing"
    case .typeMismatch(let type, let context): "\(path(context)) is not of type \(type)"
    case .valueNotFound(let type, let context): "\(path(context)) is null, not of type \(type)"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty ? "it is not JSON" : "\(path(context)) cannot be read"
    @unknown default: "it cannot be read"
    }
  }
}
