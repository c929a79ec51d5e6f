package import Checkpoints
public import LinearAlgebra
public import Tables

/// What a ``Trainer`` can train on: rows of numbers, a `Matrix`, a `Table`, a ``TableData`` of
/// which the model is told some columns, or a ``DataFile``.
public protocol TrainingData {
  /// The points that the model learns. Where coordinates leave a choice, `seed` makes it.
  ///
  /// - Throws: ``TrainerError`` if there is nothing to learn, or something is not a finite number.
  func trainingPoints(seed: UInt64) throws(TrainerError) -> TrainingPoints
}

/// Data as points, and what they were before.
public struct TrainingPoints: Sendable {
  /// A point a row, n × d, and behind it, of a table with conditions, its context.
  public var values: Matrix
  /// How the rows of a table are these points; nil if the data are points.
  public var table: TableEncoding?
  /// What `config.json` calls the data.
  public var name: String
  /// The file that they are from; nil if they are from memory.
  package var file: RunConfiguration.FileSource?
  /// The noise of a named data set; nil if that is its own.
  var noise: Double?
  /// What was decided where the file leaves a choice.
  package var notes: [TableNote] = []

  /// Creates points, of the table that `table` encodes or of none.
  public init(_ values: Matrix, table: TableEncoding? = nil, name: String = "rows") {
    self.init(values, table: table, name: name, file: nil)
  }

  /// Creates points, of the table that `table` encodes or of none, which are from `file`.
  package init(
    _ values: Matrix, table: TableEncoding? = nil, name: String = "rows",
    file: RunConfiguration.FileSource?
  ) {
    self.values = values
    self.table = table
    self.name = name
    self.file = file
  }

  /// Columns of a point.
  package var dimension: Int { values.columns - (table?.contextWidth ?? 0) }

  /// Returns the source of the rows for `config.json`, with the share `heldOut` of them held out.
  package func dataset(seed: UInt64, heldOut: Double = 0) -> RunConfiguration.Dataset {
    .init(
      name: name, count: values.rows, seed: seed, noise: noise,
      heldOut: heldOut, file: file)
  }
}
