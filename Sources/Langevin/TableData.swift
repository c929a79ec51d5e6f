import Diffusion
public import Tables

/// A table with conditions, or a table whose rows are images.
///
///     let trainer = try Trainer(on: TableData(table, conditions: ["plan"]))
///     let rows = try await trainer.run().sample(count: 100, seed: 1, where: ["plan": "basic"])
public struct TableData: TrainingData, Sendable, Equatable {
  /// The rows.
  public var table: Table
  /// The columns of categories that the model is conditioned on, and by which you can select samples.
  public var conditions: [String]
  /// The shape of gray images, whose pixels are all columns but the conditions; nil for other tables.
  public var image: ImageShape?

  /// Creates training data from the rows of `table`.
  public init(_ table: Table, conditions: [String] = [], image: ImageShape? = nil) {
    (self.table, self.conditions, self.image) = (table, conditions, image)
  }

  /// Returns the coordinates of the rows (`TableEncoding`); those of conditions follow the others.
  ///
  /// - Throws: ``TrainerError/noRows``, ``TrainerError/noColumns``, ``TrainerError/emptyColumn(_:)``,
  ///   ``TrainerError/infiniteCell(row:column:)``, ``TrainerError/constantTable``, or
  ///   ``TrainerError/table(_:)`` if conditions or pixels are invalid.
  public func trainingPoints(seed: UInt64) throws(TrainerError) -> TrainingPoints {
    if table.columns.isEmpty { throw .noColumns }
    if table.rowCount == 0 { throw .noRows }
    for column in table.columns {
      if column.missingCount == table.rowCount { throw .emptyColumn(column.name) }
      // Exact numbers need no check: the largest `Float` exceeds every `Int128`.
      guard case .numbers(let numbers) = column.cells else { continue }
      if let row = numbers.firstIndex(where: { Float($0).isInfinite }) {
        throw .infiniteCell(row: row, column: column.name)
      }
    }
    do throws(TableError) {
      let encoding = try TableEncoding(table, conditions: conditions, image: image)
      if encoding.dimension > 0 {
        return TrainingPoints(
          try encoding.encode(table, random: RandomPurpose.dataset.stream(seed: seed)),
          table: encoding, name: "table")
      }
    } catch {
      throw .table(error)
    }
    throw .constantTable
  }
}

/// Columns of numbers and categories; cells may be missing.
extension Table: TrainingData {
  /// Returns the coordinates of the rows, encoded like those of a ``TableData`` without conditions.
  public func trainingPoints(seed: UInt64) throws(TrainerError) -> TrainingPoints {
    try TableData(self).trainingPoints(seed: seed)
  }
}
