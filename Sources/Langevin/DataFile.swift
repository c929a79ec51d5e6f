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
  /// Another file, of one column with a label for each row, which becomes the condition `label`; nil if
  /// there is none.
  public var labels: String?

  /// The file at `path`, read when training is prepared, without the columns `dropping`.
  public init(
    _ path: String, dropping: Set<String> = [], conditions: [String] = [],
    image: ImageShape? = nil, labels: String? = nil, options: TableOptions = TableOptions()
  ) {
    self.path = path
    (self.conditions, self.image, self.labels) = (conditions, image, labels)
    self.options = options
    self.options.dropped.formUnion(dropping)
  }

  /// The coordinates of the rows, as of a ``TableData``.
  ///
  /// - Throws: ``TrainerError/table(_:)``, which names the file, if it cannot be read, or if it is a table
  ///   that a ``TableData`` refuses.
  public func trainingPoints(seed: UInt64) throws(TrainerError) -> TrainingPoints {
    let conditions = conditions + (labels == nil ? [] : [TableFile.labelColumn])
    var options = options
    // Conditions are categories whatever their cells, and images may lie in an array.
    options.categorical.formUnion(conditions)
    options.flattensRows = options.flattensRows || image != nil
    let file: TableFile
    var labelFile: TableFile?
    let table: Table
    do {
      file = try TableFile(path)
      if let labels { labelFile = try TableFile(labels) }
      table = try file.table(options, labels: labelFile)
    } catch {
      throw .table(error)
    }
    var points: TrainingPoints
    do {
      points = try TableData(table, conditions: conditions, image: image)
        .trainingPoints(seed: seed)
    } catch {
      throw .table(.file(path: path, .format(error.description)))
    }
    points.name = URL(fileURLWithPath: path).lastPathComponent
    points.file = .init(
      path: Self.fromRoot(path), digest: file.digest,
      dropped: options.dropped.isEmpty ? nil : options.dropped.sorted(),
      missing: options.missing.isEmpty ? nil : options.missing.sorted(),
      hasHeader: options.hasHeader,
      labels: labelFile.map { .init(path: Self.fromRoot($0.path), digest: $0.digest) })
    return points
  }

  private static func fromRoot(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
