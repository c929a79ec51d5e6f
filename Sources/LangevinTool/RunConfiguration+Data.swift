import LangevinErrors
import Checkpoints
import Datasets
import Diffusion
import LangevinFiles
import LinearAlgebra
import Tables

extension RunConfiguration {
  /// The rows that training sees, and those that are held out of it; nil if there are none. A row is a
  /// point, and behind it its context.
  ///
  /// `points` are all of them, if they have been read already.
  func trainingData(_ points: Matrix? = nil) throws -> (training: Matrix, heldOut: Matrix?) {
    split(try points ?? self.points())
  }

  /// All rows.
  private func points() throws -> Matrix {
    do {
      if let rows = try fileRows() { return rows }
    } catch {
      throw ToolError("\(error); \(remedy(error))")
    }
    if !NamedDataset.all.contains(where: { $0.name == dataset.name }) {
      throw ToolError(
        """
        the data of the run, \(dataset.name.printable), are in no file and no data set: the program that trained \
        it has them, and can go on with Trainer(resuming:on:)
        """)
    }
    return try NamedDataset.named(dataset.name).points(
      count: dataset.count, noise: dataset.noise,
      RandomPurpose.dataset.stream(seed: dataset.seed))
  }

  /// What to do about a file of data that cannot be read, or has changed.
  private func remedy(_ error: TableError) -> String {
    let (path, isLost) =
      switch error {
      case .unusable(let error): (error.path, true)
      case .file(let path, _): (path, false)
      default: (dataset.file?.path ?? "", false)
      }
    let option =
      path == dataset.file?.labels?.path ? MovedData.labelsOption : MovedData.dataOption
    return isLost
      ? "if it has moved, name its new place with \(option)"
      : "or name a copy of the old file with \(option)"
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
