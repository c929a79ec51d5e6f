public import LangevinErrors
import LangevinFiles

/// An error that prevents reading, encoding or writing a table.
public enum TableError: DescribedError, Equatable {
  /// The table or file as a whole is wrong, for this reason.
  case format(String)
  /// The line, counted from 1, is wrong for this reason.
  case line(Int, String)
  /// The cell in this line and column, both counted from 1, is wrong for this reason. `name` is that of the
  /// column, if it has one.
  case cell(line: Int, column: Int, name: String? = nil, String)
  /// The element of an array in this row and column, both counted from 0, is wrong for this reason.
  case element(row: Int, column: Int, String)
  /// The file cannot be read.
  case unusable(FileError)
  /// The file at this path has an error.
  indirect case file(path: String, TableError)
  /// An error, and a change of ``TableOptions`` that avoids it.
  indirect case remediable(TableError, TableRemedy)

  /// The problem and its remedy on one line.
  public var description: String { description(remedy: \.description) }

  /// Returns the description with remedies worded by `words` instead of in terms of ``TableOptions``.
  package func description(remedy words: (TableRemedy) -> String) -> String {
    switch self {
    case .format(let reason): reason
    case .line(let line, let reason): "line \(line): \(reason)"
    case .cell(let line, let column, let name, let reason):
      "line \(line), column \(column)\(name.map { " (\($0.printable))" } ?? ""): \(reason)"
    case .element(let row, let column, let reason): "element [\(row), \(column)]: \(reason)"
    case .unusable(let error): error.description
    case .file(let path, let error): "\(path.printable): \(error.description(remedy: words))"
    case .remediable(let error, let remedy):
      "\(error.description(remedy: words)); \(words(remedy))"
    }
  }

  /// Returns the error for choosing a category of the column `name` with a model that has no conditions.
  package static func withoutConditions(_ name: String) -> TableError {
    .format(
      """
      the model was trained without conditions; leave out \(name.printable), or train a model with conditions
      """)
  }

  /// Returns the error for an element of an array that is infinite, NaN or beyond the range of `Float`.
  static func notFinite(_ number: Double, row: Int, column: Int) -> TableError {
    .element(
      row: row, column: column,
      number.isFinite
        ? "\(number) is beyond the range of a 32-bit float (3.4e38); scale the column down"
        : "it is \(number), not a finite number; change it, or remove the row")
  }

  /// Returns `text` in quotation marks, shortened and on one line, even if it comes from a damaged file.
  static func quoted(_ text: String) -> String {
    let limit = 40
    let start = text.unicodeScalars.prefix(limit)
    let isShort = start.endIndex == text.unicodeScalars.endIndex
    return "\"\(String(start).printable)\(isShort ? "" : "…")\""
  }
}

/// A change of ``TableOptions`` that makes a table readable.
public enum TableRemedy: Sendable, Hashable, CustomStringConvertible {
  /// Leaving this column out (``TableOptions/dropped``).
  case dropColumn(String)
  /// Reading this column as numbers (``TableOptions/categorical``), or leaving it out
  /// (``TableOptions/dropped``).
  case notCategorical(String)
  /// Reading this text as a missing cell (``TableOptions/missing``).
  case missingWord(String)
  /// Reading this word as a missing cell (``TableOptions/missing``), or the column as categories
  /// (``TableOptions/categorical``).
  case missingWordOrCategories(word: String, column: String)

  /// The remedy in words.
  public var description: String {
    switch self {
    case .dropColumn: "leave it out (TableOptions.dropped)"
    case .notCategorical:
      """
      take it out of TableOptions.categorical and of the conditions, or leave it out (TableOptions.dropped)
      """
    case .missingWord:
      "change it, or add it to TableOptions.missing if it stands for a missing cell"
    case .missingWordOrCategories:
      """
      change it, add it to TableOptions.missing if it stands for a missing cell, or add the column to \
      TableOptions.categorical
      """
    }
  }
}
