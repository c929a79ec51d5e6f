import Checkpoints
import Datasets
import Diffusion
import Files
import LinearAlgebra
import Tables

extension RunConfiguration {
  /// The rows that training sees, and those that are held out of it; nil if there are none. A row is a
  /// point, and behind it its context.
  ///
  /// `points` are all of them, if they have been read already.
  func trainingData(_ points: Matrix? = nil) throws -> (training: Matrix, heldOut: Matrix?) {
    let points = try points ?? self.points()
    return split(points)
  }

  /// The points of rows of the data, without the contexts behind them.
  func points(of rows: Matrix) -> Matrix {
    model.contextWidth == nil ? rows : rows.columns(0..<model.dimension)
  }

  /// All rows.
  private func points() throws -> Matrix {
    let random = RandomPurpose.dataset.stream(seed: dataset.seed)
    guard let source = dataset.file else {
      return try NamedDataset.named(dataset.name).points(
        count: dataset.count, noise: dataset.noise, random)
    }
    let file = try Self.unchanged(source.path, source.digest)
    let labels = try source.labels.map { try Self.unchanged($0.path, $0.digest) }
    let points = try coordinates(file, labels: labels, random)
    guard points.rows == dataset.count && points.columns == model.rowWidth else {
      throw ToolError(
        """
        \(source.path.printable): it has \(points.rows) × \(points.columns) coordinates, and config.json \
        says \(dataset.count) × \(model.rowWidth); use the config.json that training wrote
        """)
    }
    return points
  }

  private static func unchanged(_ path: String, _ digest: String) throws -> TableFile {
    let file = try TableFile(path)
    if file.digest == digest { return file }
    throw ToolError(
      """
      \(path.printable): it has changed since the run was trained on it; put the old file back, or train \
      again
      """)
  }

  /// The table in `file`, with `labels` behind it, in the coordinates of the run's.
  private func coordinates(
    _ file: TableFile, labels: TableFile?, _ random: RandomStream
  ) throws -> Matrix {
    guard let table else { return try file.numbers().values }
    let rows = try file.table(
      table.options(dataset.file?.options ?? TableOptions()), labels: labels)
    do {
      return try table.encode(rows, random: random)
    } catch {
      throw ToolError("\(file.path.printable): \(error)")
    }
  }

  /// The points of another file, in the coordinates of the run's.
  func coordinates(path: String) throws -> Matrix {
    if dataset.file?.labels != nil {
      throw ToolError(
        """
        \(path.printable): the run has its labels in another file, and this one has none; compare with the \
        run's own data
        """)
    }
    return try coordinates(
      TableFile(path), labels: nil, RandomPurpose.dataset.stream(seed: dataset.seed, index: 1))
  }

  /// Refuses to draw a table as points, which its coordinates are to the model alone.
  func requireNoTable(_ what: String) throws {
    if table == nil { return }
    throw ToolError(
      "\(what): the run is of a table; langevin report draws its columns in their own units")
  }

  /// Refuses data that cannot fit into this computer.
  func requireRoomForData() throws {
    // A point, and its place in the order of the epoch.
    try requireMemory(
      "a data set of \(dataset.count) points", dataset.count, model.rowWidth + 2, numbersEach: 1)
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
