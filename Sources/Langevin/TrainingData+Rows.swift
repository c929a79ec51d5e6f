public import LinearAlgebra

/// Rows of numbers of equal length, as in `[[Float]]`; the numbers are rounded to `Float`.
extension Array: TrainingData where Element: Collection, Element.Element: BinaryFloatingPoint {
  /// Returns the rows unchanged.
  ///
  /// - Throws: ``TrainerError/noRows``, ``TrainerError/noColumns``,
  ///   ``TrainerError/raggedRow(_:count:expected:)`` or ``TrainerError/notFinite(row:column:)``.
  public func trainingPoints(seed: UInt64) throws(TrainerError) -> TrainingPoints {
    let columns = first?.count ?? 0
    var numbers: [Float] = []
    numbers.reserveCapacity(count * columns)
    for (index, row) in enumerated() {
      if row.count != columns {
        throw .raggedRow(index, count: row.count, expected: columns)
      }
      for number in row { numbers.append(Float(number)) }
    }
    return try Matrix<Float>(rows: count, columns: columns, elements: numbers).trainingPoints(
      seed: seed)
  }
}

/// One point per row.
extension Matrix<Float>: TrainingData {
  /// Returns the rows unchanged.
  ///
  /// - Throws: ``TrainerError/noRows``, ``TrainerError/noColumns`` or
  ///   ``TrainerError/notFinite(row:column:)``.
  public func trainingPoints(seed: UInt64) throws(TrainerError) -> TrainingPoints {
    if rows == 0 { throw .noRows }
    if columns == 0 { throw .noColumns }
    let elements = elements
    for index in elements.indices where !elements[index].isFinite {
      throw .notFinite(row: index / columns, column: index % columns)
    }
    return TrainingPoints(self)
  }
}
