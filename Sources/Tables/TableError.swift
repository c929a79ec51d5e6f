public import LangevinErrors
import LangevinFiles

/// Why a table could not be read.
public enum TableError: DescribedError, Equatable {
  /// The bytes as a whole are not a table.
  case format(String)
  /// Something is wrong with this line, counted from 1.
  case line(Int, String)
  /// Something is wrong with the cell in this line and column, both counted from 1; the column may have
  /// a name.
  case cell(line: Int, column: Int, name: String? = nil, String)
  /// Something is wrong with this element of an array, counted from 0.
  case element(row: Int, column: Int, String)
  /// The file cannot be used.
  case unusable(FileError)
  /// What went wrong with the file at this path.
  indirect case file(path: String, TableError)

  /// What was wrong, and what to do, in one line.
  public var description: String {
    switch self {
    case .format(let reason): reason
    case .line(let line, let reason): "line \(line): \(reason)"
    case .cell(let line, let column, let name, let reason):
      "line \(line), column \(column)\(name.map { " (\($0.printable))" } ?? ""): \(reason)"
    case .element(let row, let column, let reason): "element [\(row), \(column)]: \(reason)"
    case .unusable(let error): error.description
    case .file(let path, let error): "\(path.printable): \(error)"
    }
  }

  /// A category of the column `name` was asked of a model that is told none.
  package static func withoutConditions(_ name: String) -> TableError {
    .format(
      """
      the model was trained without conditions; leave out \(name.printable), or train one with conditions
      """)
  }

  /// This number of an array is infinite or NaN, or beyond `Float`.
  static func notFinite(_ number: Double, row: Int, column: Int) -> TableError {
    .element(
      row: row, column: column,
      number.isFinite
        ? "\(number) is beyond the range of a 32-bit float, 3.4e38; scale the column down"
        : "it is \(number), not a finite number; change it, or remove the row")
  }

  /// The same error with more behind its reason.
  func adding(_ text: String) -> TableError {
    switch self {
    case .format(let reason): .format(reason + text)
    case .line(let line, let reason): .line(line, reason + text)
    case .cell(let line, let column, let name, let reason):
      .cell(line: line, column: column, name: name, reason + text)
    case .element(let row, let column, let reason):
      .element(row: row, column: column, reason + text)
    case .unusable: self
    case .file(let path, let error): .file(path: path, error.adding(text))
    }
  }

  /// `text` in quotation marks, short and on one line whatever a damaged file put into it.
  static func quoted(_ text: String) -> String {
    let limit = 40
    let start = text.unicodeScalars.prefix(limit)
    let isShort = start.endIndex == text.unicodeScalars.endIndex
    return "\"\(String(start).printable)\(isShort ? "" : "…")\""
  }
}
