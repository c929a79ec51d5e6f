import Checkpoints
import Datasets
import Diffusion
import Files
import LinearAlgebra
import Tables

extension RunConfiguration {
  /// The points that training sees, and those that are held out of it; nil if there are none.
  func trainingData() throws -> (training: Matrix, heldOut: Matrix?) {
    let points = try points()
    guard let (training, heldOut) = heldOutSplit else { return (points, nil) }
    return (points.rows(at: training), points.rows(at: heldOut))
  }

  /// Which rows training sees, and which it does not; nil if it sees all.
  private var heldOutSplit: (training: [Int], heldOut: [Int])? {
    let heldOut = dataset.heldOutRows
    if heldOut == 0 { return nil }
    var order = Array(0..<dataset.count)
    RandomPurpose.heldOutRows.stream(seed: dataset.seed).shuffle(&order)
    return (Array(order.dropFirst(heldOut)), Array(order.prefix(heldOut)))
  }

  /// All points.
  private func points() throws -> Matrix {
    let random = RandomPurpose.dataset.stream(seed: dataset.seed)
    guard let source = dataset.file else {
      return try NamedDataset.named(dataset.name).points(
        count: dataset.count, noise: dataset.noise, random)
    }
    let file = try TableFile(source.path)
    if file.digest != source.digest {
      throw ToolError(
        """
        \(source.path.printable): it has changed since the run was trained on it; put the old file \
        back, or train again
        """)
    }
    guard let table else { return try file.numbers().values }
    let options = table.options(source.options)
    do {
      return try table.encode(file.table(options), random: random)
    } catch {
      throw ToolError("\(source.path.printable): \(error)")
    }
  }

  /// The table in the file at `path` in the coordinates of the run's, which has one.
  func coordinates(path: String) throws -> Matrix {
    guard let table else { return try TableFile(path).numbers().values }
    let options = table.options(dataset.file?.options ?? TableOptions())
    return try table.encode(
      Table(path: path, options: options),
      random: RandomPurpose.dataset.stream(seed: dataset.seed, index: 1))
  }

  /// Refuses data that cannot fit into this computer.
  func requireRoomForData() throws {
    // A point, and its place in the order of the epoch.
    try requireMemory(
      "a data set of \(dataset.count) points", dataset.count, model.dimension + 2, numbersEach: 1)
  }
}

extension RunConfiguration.FileSource {
  /// How the file was read, apart from the kinds of its columns.
  var options: TableOptions {
    var options = TableOptions()
    options.dropped = Set(dropped ?? [])
    options.missing = Set(missing ?? [])
    options.hasHeader = hasHeader
    return options
  }
}
