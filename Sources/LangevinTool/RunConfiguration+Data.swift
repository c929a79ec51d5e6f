import Checkpoints
import Diffusion
import Langevin
import LangevinErrors
import LangevinFiles
import LinearAlgebra
import Tables

extension RunConfiguration {
  /// Returns the rows for training and the held-out rows, nil without any. A row is a point followed by its
  /// context.
  ///
  /// - Parameter points: All rows, if they have been read already.
  func trainingData(_ points: Matrix<Float>? = nil) throws -> (
    training: Matrix<Float>, heldOut: Matrix<Float>?
  ) {
    split(try points ?? self.points())
  }

  /// All rows.
  private func points() throws -> Matrix<Float> {
    do {
      return try rows()
    } catch .table(let error) {
      throw advised(error)
    } catch .dataElsewhere(let name) {
      throw ToolError(
        """
        the data of the run, \(name.printable), are neither a file nor a data set; use the program that \
        trained it, which has the data and can resume with Trainer(resuming:on:)
        """)
    }
  }

  /// Returns `error`, which concerns a data file, with its remedy.
  func advised(_ error: TableError) -> ToolError {
    ToolError("\(described(error)); \(remedy(error))")
  }

  /// Returns the remedy for a data file that cannot be read, or has changed.
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
      ? "if it has moved, pass its new path with \(option)"
      : "or pass the path of an unchanged copy with \(option)"
  }

  /// Throws if the run is of a table, whose coordinates are points only for the model and cannot be drawn.
  func requireNoTable(_ what: String) throws {
    if table == nil { return }
    throw ToolError(
      "\(what): the run is of a table; langevin report draws its columns in their own units")
  }
}
