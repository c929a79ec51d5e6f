import Checkpoints
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

  /// The rows, with the labels of the other file behind them: what a model of it learns to make.
  ///
  /// - Throws: `TableError` if it, or the file of labels, cannot be read.
  public func table() throws(TableError) -> Table { try contents().table }

  /// The coordinates of the rows, as of a ``TableData``.
  ///
  /// - Throws: ``TrainerError/table(_:)``, which names the file, if it cannot be read, or if it is a table
  ///   that a ``TableData`` refuses.
  public func trainingPoints(seed: UInt64) throws(TrainerError) -> TrainingPoints {
    let contents: (table: Table, file: RunConfiguration.FileSource)
    do {
      contents = try self.contents()
    } catch {
      throw .table(error)
    }
    var points: TrainingPoints
    do {
      points = try TableData(contents.table, conditions: allConditions, image: image)
        .trainingPoints(seed: seed)
    } catch {
      throw .table(.file(path: path, .format(error.description)))
    }
    points.name = URL(fileURLWithPath: path).lastPathComponent
    points.file = contents.file
    return points
  }

  /// The columns that the model is told, that of the labels among them.
  private var allConditions: [String] {
    conditions + (labels == nil ? [] : [TableFile.labelColumn])
  }

  private func contents() throws(TableError) -> (table: Table, file: RunConfiguration.FileSource) {
    var options = options
    // Conditions are categories whatever their cells, and images may lie in an array.
    options.categorical.formUnion(allConditions)
    options.flattensRows = options.flattensRows || image != nil
    let file = try TableFile(path)
    var labelFile: TableFile?
    if let labels { labelFile = try TableFile(labels) }
    let source = RunConfiguration.FileSource(
      path: RunConfiguration.FileSource.absolute(path), digest: file.digest,
      dropped: options.dropped.isEmpty ? nil : options.dropped.sorted(),
      missing: options.missing.isEmpty ? nil : options.missing.sorted(),
      hasHeader: options.hasHeader,
      labels: labelFile.map {
        .init(path: RunConfiguration.FileSource.absolute($0.path), digest: $0.digest)
      })
    return (try file.table(options, labels: labelFile), source)
  }
}
