import Diffusion
import LangevinPreconditions
package import LinearAlgebra

extension RunConfiguration {
  /// Returns the points of `rows`, which are rows that the model learns, without the contexts or the codes of
  /// categories that follow them.
  package func points(of rows: Matrix<Float>) -> Matrix<Float> {
    rows.columns == model.dimension ? rows : rows.columns(0..<model.dimension)
  }

  /// Returns the training rows and the held-out rows of `rows`, which must be all rows of the data.
  ///
  /// The held-out rows are nil if no rows are held out. The seed of the data alone decides which they are.
  package func split(_ rows: Matrix<Float>) -> (training: Matrix<Float>, heldOut: Matrix<Float>?) {
    require(
      rows.rows == dataset.count,
      "RunConfiguration: \(rows.rows) rows to split, but the data have \(dataset.count)")
    let heldOut = dataset.heldOutRows
    if heldOut == 0 { return (rows, nil) }
    var order = Array(0..<dataset.count)
    RandomPurpose.heldOutRows.stream(seed: dataset.seed).shuffle(&order)
    return (rows.rows(at: order.dropFirst(heldOut)), rows.rows(at: order.prefix(heldOut)))
  }
}
