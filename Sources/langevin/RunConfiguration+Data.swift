import Checkpoints
import Datasets
import Diffusion
import LinearAlgebra

extension RunConfiguration {
  /// The points that training sees, and those that are held out of it; nil if there are none.
  func trainingData() throws -> (training: Matrix, heldOut: Matrix?) {
    let points = try NamedDataset.named(dataset.name).points(
      count: dataset.count, noise: dataset.noise,
      RandomPurpose.dataset.stream(seed: dataset.seed))
    let heldOut = dataset.heldOutRows
    if heldOut == 0 { return (points, nil) }
    var order = Array(0..<points.rows)
    RandomPurpose.heldOutRows.stream(seed: dataset.seed).shuffle(&order)
    return (points.rows(at: order.dropFirst(heldOut)), points.rows(at: order.prefix(heldOut)))
  }

  /// Refuses data that cannot fit into this computer.
  func requireRoomForData() throws {
    // A point, and its place in the order of the epoch.
    try requireMemory(
      "a data set of \(dataset.count) points", dataset.count, model.dimension + 2, numbersEach: 1)
  }
}
