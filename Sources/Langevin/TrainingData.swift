package import Checkpoints
public import LinearAlgebra
public import Tables

/// Data that a ``Trainer`` can train on: rows of numbers, a `Matrix`, a `Table`, a ``TableData``, a
/// ``DataFile`` or ``NamedData``.
public protocol TrainingData {
  /// Returns the points that the model learns.
  ///
  /// - Parameter seed: The seed of all random numbers that the points depend on.
  /// - Throws: ``TrainerError`` if there is nothing to learn, or a number is not finite.
  func trainingPoints(seed: UInt64) throws(TrainerError) -> TrainingPoints
}

/// Training data as points, with their source.
public struct TrainingPoints: Sendable {
  /// The points, one per row (n × d); each point of a table with conditions is followed by its context.
  public var values: Matrix<Float>
  /// The encoding of the rows of a table as points; nil if the data are points.
  public var table: TableEncoding?
  /// The name of the data in `config.json`.
  public var name: String
  /// The file of the data; nil if they come from memory.
  package var file: RunConfiguration.FileSource?
  /// The noise of a named data set; nil for the data set's own.
  var noise: Double?
  /// The decisions that were made where the file is ambiguous.
  package var notes: [TableNote] = []

  /// Creates points; `table` is the encoding of the table that they come from, if any.
  public init(_ values: Matrix<Float>, table: TableEncoding? = nil, name: String = "rows") {
    self.init(values, table: table, name: name, file: nil)
  }

  /// Creates points; `table` and `file` are the encoding of the table and the file that they come from, if
  /// any.
  package init(
    _ values: Matrix<Float>, table: TableEncoding? = nil, name: String = "rows",
    file: RunConfiguration.FileSource?
  ) {
    self.values = values
    self.table = table
    self.name = name
    self.file = file
  }

  /// The number of columns of a point.
  package var dimension: Int { values.columns - (table?.contextWidth ?? 0) }

  /// Returns the source of the rows for `config.json`, with the share `heldOut` of them held out.
  package func dataset(seed: UInt64, heldOut: Double = 0) -> RunConfiguration.Dataset {
    .init(
      name: name, count: values.rows, seed: seed, noise: noise,
      heldOut: heldOut, file: file)
  }
}
