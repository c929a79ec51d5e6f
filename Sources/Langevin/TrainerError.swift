public import Checkpoints
public import Diffusion
public import LangevinErrors
public import Tables

/// An error that keeps a ``Trainer`` from training. Rows and columns are counted from 0.
public enum TrainerError: DescribedError, Equatable {
  /// The data have no rows.
  case noRows
  /// The rows have no numbers.
  case noColumns
  /// A row has `count` numbers, but the first row has `expected`.
  case raggedRow(Int, count: Int, expected: Int)
  /// A number is infinite or NaN, or beyond the range of `Float`.
  case notFinite(row: Int, column: Int)
  /// A number of a table is infinite, or beyond the range of `Float`. NaN is a missing cell.
  case infiniteCell(row: Int, column: String)
  /// All cells of a column are missing.
  case emptyColumn(String)
  /// All rows of the table are the same, conditions aside.
  case constantTable
  /// The table cannot be read, or cannot be encoded as coordinates.
  case table(TableError)
  /// The settings are invalid, or the folder of the run cannot be used.
  case configuration(CheckpointError)
  /// The data do not fit the settings.
  case training(TrainingError)
  /// A program provided the data of the run, and no file or data set holds them.
  case dataElsewhere(String)
  /// The rows do not fit into memory.
  case tooManyRows(Int)
  /// The number of threads is out of range.
  case threads(Int)

  /// The problem and its remedy, in one line.
  public var description: String {
    switch self {
    case .noRows: "the data have no rows; give at least one"
    case .noColumns: "the rows of the data have no numbers; give each at least one"
    case .raggedRow(let row, let count, let expected):
      """
      row \(row) of the data (counted from 0) has \(Self.numbers(count)), but the first row has \
      \(expected); give all rows the same length
      """
    case .notFinite(let row, let column):
      """
      row \(row), column \(column) of the data (counted from 0) is not a finite 32-bit number; change it, or \
      leave out the row
      """
    case .infiniteCell(let row, let column):
      """
      row \(row) (counted from 0), column "\(column)" of the table is not a finite 32-bit number; change it, \
      or set it to NaN to mark the cell as missing
      """
    case .emptyColumn(let name):
      "all cells of column \"\(name)\" of the table are missing; drop the column"
    case .constantTable:
      """
      all columns of the table are constant or conditions, so there is nothing to learn; give rows that \
      differ
      """
    case .table(let error): error.description
    case .configuration(let error): error.description
    case .training(let error): error.description
    case .dataElsewhere(let name):
      """
      \(name.printable): no file or data set holds the data of the run; provide them again
      """
    case .tooManyRows(let rows):
      "\(rows) rows do not fit into the memory of this computer; give fewer"
    case .threads(let threads): SamplingError.threads(threads).description
    }
  }

  /// Throws if the data do not fit into memory.
  static func requireRoom(rows: Int, columns: Int) throws(TrainerError) {
    // A row, and its place in the order of the epoch.
    if !PhysicalMemory.fits(rows: rows, columns: columns + 2, numbersEach: 1) {
      throw .tooManyRows(rows)
    }
  }

  private static func numbers(_ count: Int) -> String {
    count == 1 ? "1 number" : "\(count) numbers"
  }
}
