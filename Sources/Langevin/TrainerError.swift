public import Checkpoints
public import Diffusion
public import LangevinErrors
public import Tables

/// Why a ``Trainer`` cannot train on what it was given. Rows and columns are counted from 0.
public enum TrainerError: DescribedError, Equatable {
  /// There are no rows.
  case noRows
  /// The rows have no numbers.
  case noColumns
  /// This row has `count` numbers, and the first one `expected`.
  case raggedRow(Int, count: Int, expected: Int)
  /// A number is infinite or NaN, or beyond the range of `Float`.
  case notFinite(row: Int, column: Int)
  /// A number of a table is infinite, or beyond the range of `Float`. NaN is a missing cell.
  case infiniteCell(row: Int, column: String)
  /// All cells of this column are missing.
  case emptyColumn(String)
  /// All rows of the table are the same, conditions aside.
  case constantTable
  /// The table cannot be read, or not be turned into coordinates.
  case table(TableError)
  /// The settings are not such as one can train with.
  case configuration(CheckpointError)
  /// Data and settings do not fit.
  case training(TrainingError)
  /// The data of the run were given by a program, and are in no file.
  case dataElsewhere(String)
  /// This number of rows does not fit into memory.
  case tooManyRows(Int)
  /// This is not a number of threads.
  case threads(Int)

  /// What was wrong, and what to do, in one line.
  public var description: String {
    switch self {
    case .noRows: "the data have no rows; give at least one"
    case .noColumns: "the rows of the data have no numbers; give each at least one"
    case .raggedRow(let row, let count, let expected):
      """
      row \(row) of the data has \(Self.numbers(count)), and the first row has \(expected); give all \
      rows the same number
      """
    case .notFinite(let row, let column):
      """
      row \(row), column \(column) of the data is not a finite number of 32 bits; change it, or leave \
      out the row
      """
    case .infiniteCell(let row, let column):
      """
      row \(row), column "\(column)" of the table is not a finite number of 32 bits; change it, or make \
      it NaN, which is a missing cell
      """
    case .emptyColumn(let name):
      "column \"\(name)\" of the table has no cells that are not missing; drop the column"
    case .constantTable:
      """
      all columns of the table are constant or conditions, and nothing is to be learned; give rows that \
      differ
      """
    case .table(let error): error.description
    case .configuration(let error): error.description
    case .training(let error): error.description
    case .dataElsewhere(let name):
      """
      \(name.printable): the data of the run are in no file and no data set; give them again
      """
    case .tooManyRows(let rows):
      "\(rows) rows do not fit into the memory of this computer; give fewer"
    case .threads(let threads): SamplingError.threads(threads).description
    }
  }

  /// Refuses data that do not fit into memory.
  static func requireRoom(rows: Int, columns: Int) throws(TrainerError) {
    // A row, and its place in the order of the epoch.
    if !PhysicalMemory.fits(rows: rows, columns: columns + 2, numbersEach: 1) {
      throw .tooManyRows(rows)
    }
  }

  static let mostThreads = 1024
  /// How many threads there can be.
  static let threads = 1...mostThreads

  private static func numbers(_ count: Int) -> String {
    count == 1 ? "1 number" : "\(count) numbers"
  }
}
