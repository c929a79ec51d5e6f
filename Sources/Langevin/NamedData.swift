import Checkpoints
public import Datasets
import Diffusion

/// Points of a named data set of the module `Datasets`.
///
///     let trainer = try Trainer(on: NamedData("swiss-roll", count: 10_000))
///
/// A run remembers the name of its data set, and draws the same points again when it is resumed.
public struct NamedData: TrainingData, Sendable {
  /// The data set.
  public let dataset: Dataset
  /// The number of points.
  public let count: Int
  /// The standard deviation of the noise; nil for that of the data set.
  public let noise: Double?

  /// Creates `count` points of the data set `name`.
  ///
  /// - Throws: `UnknownDataset` if there is no data set of this name.
  public init(_ name: String, count: Int, noise: Double? = nil) throws(UnknownDataset) {
    dataset = try Dataset.named(name)
    self.count = count
    self.noise = noise
  }

  /// Returns the points that `seed` draws.
  ///
  /// - Throws: ``TrainerError`` if ``count`` is not positive, the points do not fit into memory, or
  ///   ``noise`` is not from 0 to 10⁶.
  public func trainingPoints(seed: UInt64) throws(TrainerError) -> TrainingPoints {
    if count < 1 { throw .noRows }
    let bounds = RunConfiguration.Dataset.noises
    if let noise, !bounds.contain(noise) {
      throw .configuration(.format("noise \(noise): choose a number \(bounds)"))
    }
    try TrainerError.requireRoom(rows: count, columns: dataset.dimension)
    var points = TrainingPoints(
      dataset.points(
        count: count, noise: noise, RandomPurpose.dataset.stream(seed: seed)),
      name: dataset.name)
    points.noise = noise
    return points
  }
}
