public import LangevinErrors
public import Tables

/// Why a ``GenerativeModel`` cannot fill in missing cells.
public enum ImputationError: DescribedError, Equatable {
  /// The model is not of a table.
  case noTable
  /// The table does not fit the model.
  case table(TableError)
  /// These are no numbers of draws and repeats.
  case draws(Int, repeats: Int)
  /// This number of draws does not fit into memory.
  case tooManyDraws(Int, rows: Int)
  /// This is not a number of steps, or more than the timesteps of the model, `most`.
  case steps(Int, most: Int)
  /// The model gives numbers that are not finite.
  case notFinite

  /// What was wrong, and what to do, in one line.
  public var description: String {
    switch self {
    case .noTable: "the model is not of a table, and has no cells to fill in; train one on a table"
    case .table(let error): error.description
    case .draws(let draws, let repeats):
      "\(draws) draws and \(repeats) repeats: choose at least 1 of each"
    case .tooManyDraws(let draws, let rows):
      "\(draws) draws of \(rows) rows do not fit into the memory of this computer; choose fewer"
    case .steps(let steps, let most): "steps \(steps): choose a number from 1 to \(most)"
    case .notFinite: "the model gives numbers that are not finite; train it again"
    }
  }
}
