import Diffusion
import LangevinPreconditions
package import LinearAlgebra

extension RunConfiguration {
  /// The points of rows of the data, without the contexts behind them.
  package func points(of rows: Matrix) -> Matrix {
    model.contextWidth == 0 ? rows : rows.columns(0..<model.dimension)
  }

  /// Returns the rows of `rows` for training and those that are held out; nil if none are. They are all
  /// rows of the data: which are held out depends on the seed of these alone.
  package func split(_ rows: Matrix) -> (training: Matrix, heldOut: Matrix?) {
    require(
      rows.rows == dataset.count,
      "RunConfiguration: \(rows.rows) rows to be split, of data of \(dataset.count)")
    let heldOut = dataset.heldOutRows
    if heldOut == 0 { return (rows, nil) }
    var order = Array(0..<dataset.count)
    RandomPurpose.heldOutRows.stream(seed: dataset.seed).shuffle(&order)
    return (rows.rows(at: order.dropFirst(heldOut)), rows.rows(at: order.prefix(heldOut)))
  }
}
