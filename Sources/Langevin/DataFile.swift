import Checkpoints
public import Tables

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A table in a `.csv` or `.npy` file.
///
/// A run remembers the path of its file, so `langevin resume`, `evaluate` and `report` work on the run as on
/// one of `langevin train`.
///
///     let trainer = try Trainer(on: DataFile("customers.csv", dropping: ["id"]))
public struct DataFile: TrainingData, Sendable, Hashable {
  /// The path of the file.
  public var path: String
  /// The options with which the file is read, where its contents are ambiguous.
  public var options: TableOptions
  /// The columns of categories that the model is conditioned on.
  public var conditions: [String]
  /// The shape of gray images, whose pixels are all columns but the conditions; nil for other tables.
  public var image: ImageShape?
  /// The path of a file of one column with a label for each row, which becomes the condition `label`; nil
  /// without labels.
  public var labels: String?

  /// Creates data from the file at `path` without the columns `dropping`.
  ///
  /// The file is read when training is prepared.
  public init(
    _ path: String, dropping: Set<String> = [], conditions: [String] = [],
    image: ImageShape? = nil, labels: String? = nil, options: TableOptions = TableOptions()
  ) {
    self.path = path
    (self.conditions, self.image, self.labels) = (conditions, image, labels)
    self.options = options
    self.options.dropped.formUnion(dropping)
  }

  /// Returns the table that a model of the file learns: its rows, with the labels as the last column.
  ///
  /// - Throws: `TableError` if the file, or the file of labels, cannot be read.
  public func table() throws(TableError) -> Table { try contents().table }

  /// Returns the rows, as ``table()`` does, and the decisions that were made where the file is ambiguous.
  ///
  /// - Throws: `TableError` if the file, or the file of labels, cannot be read.
  package func read() throws(TableError) -> (table: Table, notes: [TableNote]) {
    let contents = try contents()
    return (contents.table, contents.notes)
  }

  /// Returns the coordinates of the rows, encoded like those of a ``TableData``.
  ///
  /// - Throws: ``TrainerError/table(_:)``, which names the file, if the file cannot be read, or its table is
  ///   invalid as a ``TableData``.
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

  /// The columns that the model is conditioned on, including that of the labels.
  private var allConditions: [String] {
    conditions + (labels == nil ? [] : [TableFile.labelColumn])
  }

  private typealias Contents = (
    table: Table, notes: [TableNote], file: RunConfiguration.FileSource
  )

  private func contents() throws(TableError) -> Contents {
    var options = options
    // Conditions are categories whatever their cells are, and images may be arrays of several dimensions.
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
