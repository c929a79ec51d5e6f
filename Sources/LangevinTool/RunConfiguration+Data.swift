import Checkpoints
import Diffusion
import Langevin
import LangevinErrors
import LangevinFiles
import LinearAlgebra
import Tables

extension RunConfiguration {
  /// Returns the rows for training and those that are held out; nil if none are. A row is a
  /// point, and behind it its context.
  ///
  /// `points` are all of them, if they have been read already.
  func trainingData(_ points: Matrix? = nil) throws -> (training: Matrix, heldOut: Matrix?) {
    split(try points ?? self.points())
  }

  /// All rows.
  private func points() throws -> Matrix {
    do {
      return try rows()
    } catch .table(let error) {
      throw advised(error)
    } catch .dataElsewhere(let name) {
      throw ToolError(
        """
        the data of the run, \(name.printable), are in no file and no data set: the program that trained \
        it has them, and can go on with Trainer(resuming:on:)
        """)
    }
  }

  /// `error` of the files of data, with its remedy.
  func advised(_ error: TableError) -> ToolError {
    ToolError("\(described(error)); \(remedy(error))")
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
}
