import Diffusion
public import Tables

/// Columns of numbers and categories; cells may be missing.
extension Table: TrainingData {
  /// The coordinates of the rows (`TableEncoding`).
  ///
  /// - Throws: ``TrainerError/noRows``, ``TrainerError/noColumns``, ``TrainerError/emptyColumn(_:)``,
  ///   ``TrainerError/infiniteCell(row:column:)`` or ``TrainerError/constantTable``.
  public func trainingPoints(seed: UInt64) throws(TrainerError) -> TrainingPoints {
    if columns.isEmpty { throw .noColumns }
    if rowCount == 0 { throw .noRows }
    for column in columns {
      if column.missingCount == rowCount { throw .emptyColumn(column.name) }
      guard case .numbers(let numbers) = column.cells else { continue }
      if let row = numbers.firstIndex(where: { Float($0).isInfinite }) {
        throw .infiniteCell(row: row, column: column.name)
      }
    }
    let encoding = TableEncoding(self)
    if encoding.width == 0 { throw .constantTable }
    do {
      return TrainingPoints(
        try encoding.encode(self, random: RandomPurpose.dataset.stream(seed: seed)),
        table: encoding, name: "table")
    } catch {
      throw .table(error)
    }
  }
}
