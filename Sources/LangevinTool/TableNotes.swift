import LangevinErrors
import LangevinFiles
import Tables

extension TableNote {
  /// The note in a line, with the option that changes what it says.
  var line: String {
    switch self {
    case .separator: "\(self); --separator , overrules that"
    case .firstLineIsNames: "\(self); --no-header reads it as a row"
    case .firstLineIsRow: "\(self); --header reads it as names"
    case .notation(let column, let notation, _):
      "\(self); \(Self.otherMarks(notation))\(Self.categorical(column)) reads texts"
    case .inexact(let column, _, _), .lostSigns(let column, _, _):
      "\(self); \(Self.categorical(column)) keeps them, if they are few"
    case .unusedMissing(let word, let column):
      "--missing \((column.map { "\($0)=" } ?? "") + word) has no effect: \(self)".printable
    case .unusedMarks: "--thousands and --decimal have no effect: \(self)"
    }
  }

  private static func categorical(_ column: String) -> String {
    "--categorical \((column.contains(",") ? "\"\(column)\"" : column).printable.quotedForShell)"
  }

  /// What takes a mark for the other that it could be.
  private static func otherMarks(_ notation: NumberNotation) -> String {
    if let mark = notation.thousands, mark == "," || mark == "." {
      return "--decimal \(mark) reads decimals behind \(quoted(mark)), "
    }
    if let mark = notation.decimalMark {
      return "--thousands \(mark) reads thousands before \(quoted(mark)), "
    }
    return ""
  }

  private static func quoted(_ mark: String) -> String { "\"\(mark)\"" }

  /// Shows `notes` on standard error.
  static func report(_ notes: [TableNote]) {
    for note in notes { Terminal.report("note: \(note.line)\n") }
  }
}
