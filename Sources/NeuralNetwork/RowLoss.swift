public import LinearAlgebra

/// A loss that treats each row of the outputs by itself, so that threads can share a batch.
public protocol RowLoss: AnyObject, Sendable {
  /// Writes ∂L/∂outputs of the rows `rows` to `gradients`. `outputs` are those rows.
  func evaluate(rows: Range<Int>, outputs: MatrixHandle, gradients: MatrixHandle)
}
