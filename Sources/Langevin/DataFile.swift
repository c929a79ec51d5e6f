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
  /// The shape of gray images, whose pixels are the columns that are no conditions; nil for other tables.
  public var image: ImageShape?
  /// Another file, of one column with a label for each row, which becomes the condition `label`; nil without
  /// labels.
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

  /// The rows, as ``table()`` has them, and what was decided where the file leaves a choice.
  ///
  /// - Throws: `TableError` if it, or the file of labels, cannot be read.
  package func read() throws(TableError) -> (table: Table, notes: [TableNote]) {
    let contents = try contents()
    return (contents.table, contents.notes)
  }

  /// The coordinates of the rows, as of a ``TableData``.
  ///
  /// - Throws: ``TrainerError/table(_:)``, which names the file, if it cannot be read, or if it is a table
  ///   that a ``TableData`` refuses.
  public func trainingPoints(seed: UInt64) throws(TrainerError) -> TrainingPoints {
    let contents: Contents
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
    points.name =
      path == "-" ? "standard input" : URL(fileURLWithPath: path).lastPathComponent
    points.file = contents.file
    points.notes = contents.notes
    return points
  }

  /// The columns that the model is told, that of the labels among them.
  private var allConditions: [String] {
    conditions + (labels == nil ? [] : [TableFile.labelColumn])
  }

  private typealias Contents = (
    table: Table, notes: [TableNote], file: RunConfiguration.FileSource
  )

  private func contents() throws(TableError) -> Contents {
    var options = options
    // Conditions are categories whatever their cells, and images may lie in an array.
    options.categorical.formUnion(allConditions)
    options.flattensRows = options.flattensRows || image != nil
    let file = try TableFile(path)
    var labelFile: TableFile?
    if let labels { labelFile = try TableFile(labels) }
    var labelSource: RunConfiguration.FileSource.Labels?
    if let labelFile {
      labelSource = .init(
        path: RunConfiguration.FileSource.absolute(labelFile.path), digest: labelFile.digest,
        layout: try labelFile.layout)
    }
    let (table, notes) = try file.read(options, labels: labelFile)
    return (
      table, notes,
      .init(
        path: RunConfiguration.FileSource.absolute(path), digest: file.digest, options: options,
        labels: labelSource)
    )
  }
}
