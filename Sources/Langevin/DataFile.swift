public import Tables

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A table in a `.csv` or `.npy` file. Its run remembers where it lies: `langevin resume`, `evaluate` and
/// `report` work on it as on one of `langevin train`.
///
///     let trainer = try Trainer(on: DataFile("customers.csv", dropping: ["id"]))
public struct DataFile: TrainingData, Sendable, Hashable {
  /// Where it lies.
  public var path: String
  /// How it is read, where the file itself leaves a choice.
  public var options: TableOptions
  /// The columns of categories that the model is told.
  public var conditions: [String]
  /// The shape of the grey images whose pixels the other columns are; nil if they are none.
  public var image: ImageShape?

  /// The file at `path`, read when training is prepared, without the columns `dropping`.
  public init(
    _ path: String, dropping: Set<String> = [], conditions: [String] = [],
    image: ImageShape? = nil, options: TableOptions = TableOptions()
  ) {
    self.path = path
    (self.conditions, self.image) = (conditions, image)
    self.options = options
    self.options.dropped.formUnion(dropping)
  }

  /// The coordinates of the rows, as of a ``TableData``.
  ///
  /// - Throws: ``TrainerError/table(_:)`` if the file cannot be read, and as a ``TableData``.
  public func trainingPoints(seed: UInt64) throws(TrainerError) -> TrainingPoints {
    var options = options
    // As the tool reads them: conditions are categories whatever their cells, and images may lie in an array.
    options.categorical.formUnion(conditions)
    options.flattensRows = options.flattensRows || image != nil
    let contents: (file: TableFile, table: Table)
    do {
      let file = try TableFile(path)
      contents = (file, try file.table(options))
    } catch {
      throw .table(error)
    }
    var points = try TableData(contents.table, conditions: conditions, image: image)
      .trainingPoints(seed: seed)
    let url = URL(fileURLWithPath: path)
    points.name = url.lastPathComponent
    points.file = .init(
      path: url.standardizedFileURL.path, digest: contents.file.digest,
      dropped: options.dropped.isEmpty ? nil : options.dropped.sorted(),
      missing: options.missing.isEmpty ? nil : options.missing.sorted(),
      hasHeader: options.hasHeader)
    return points
  }
}
