public import LangevinErrors

/// An error that prevents reading an array in NumPy's format.
public enum NPYError: DescribedError, Equatable {
  /// The file as a whole is wrong, for this reason.
  case format(String)
  /// The element in this row and column, both counted from 0, is wrong for this reason.
  case element(row: Int, column: Int, String)

  /// The problem and its remedy on one line.
  public var description: String {
    switch self {
    case .format(let reason): "NPY: \(reason)"
    case .element(let row, let column, let reason): "NPY: element [\(row), \(column)]: \(reason)"
    }
  }

  /// Returns `text` in quotation marks, shortened and on one line, even if it comes from a damaged file.
  static func quoted(_ text: String) -> String {
    let limit = 40
    let start = text.unicodeScalars.prefix(limit)
    let isShort = start.endIndex == text.unicodeScalars.endIndex
    return "\"\(String(start).printable)\(isShort ? "" : "…")\""
  }
}
