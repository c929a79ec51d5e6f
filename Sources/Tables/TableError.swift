public import LangevinErrors
import LangevinFiles

/// A table that cannot be read.
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
  /// Something is wrong with the file at this path.
  indirect case file(path: String, TableError)
  /// Something is wrong, and this is a remedy.
  indirect case remediable(TableError, TableRemedy)

  /// The problem and its remedy, in one line.
  public var description: String { description(remedy: \.description) }

  /// Returns the description with `remedy` in place of the words that name ``TableOptions``.
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
    case .remediable(let error, let remedy): .remediable(error.adding(text), remedy)
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

/// A change of ``TableOptions`` after which a table can be read.
public enum TableRemedy: Sendable, Hashable, CustomStringConvertible {
  /// Leave this column out (``TableOptions/dropped``).
  case dropColumn(String)
  /// Read this text as a missing cell (``TableOptions/missing``).
  case missingWord(String)
  /// Read this column as numbers with missing cells, or as categories (``TableOptions/categorical``).
  case missingWordOrCategories(word: String, column: String)

  /// The remedy in words.
  public var description: String {
    switch self {
    case .dropColumn: "leave it out (TableOptions.dropped)"
    case .missingWord:
      "change it, or name it in TableOptions.missing if it stands for a missing cell"
    case .missingWordOrCategories:
      """
      change it, name it in TableOptions.missing if it stands for a missing cell, or name the column in \
      TableOptions.categorical
      """
    }
  }
}
