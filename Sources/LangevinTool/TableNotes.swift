import LangevinErrors
import LangevinFiles
import Tables

extension TableNote {
  /// The note in one line, with the option that changes the decision.
  var line: String {
    switch self {
    case .separator: "\(self); --separator , overrides that"
    case .firstLineIsNames: "\(self); --no-header reads it as a row"
    case .firstLineIsRow: "\(self); --header reads it as names"
    case .notation(let column, let notation, _):
      "\(self); \(Self.otherMarks(notation))\(Self.categorical(column)) reads categories"
    case .inexact(let column, _, _), .lostSigns(let column, _, _):
      "\(self); \(Self.categorical(column)) keeps them, if there are few different ones"
    case .manyCategories(let column, _, _):
      "\(self); --drop \(column.asItem) leaves it out, \(Self.categorical(column)) hides this note"
    case .unusedMissing(let word, let column):
      "--missing \((column.map { "\($0)=" } ?? "") + word) has no effect: \(self)".printable
    case .unusedMarks: "--thousands and --decimal have no effect: \(self)"
    }
  }

  private static func categorical(_ column: String) -> String { "--categorical \(column.asItem)" }

  /// Returns the advice that swaps the meaning of an ambiguous mark: decimal or thousands separator.
  private static func otherMarks(_ notation: NumberNotation) -> String {
    if let mark = notation.thousands, mark == "," || mark == "." {
      return "--decimal \(mark) reads \(quoted(mark)) as the decimal separator, "
    }
    if let mark = notation.decimalMark {
      return "--thousands \(mark) reads \(quoted(mark)) as the thousands separator, "
    }
    return ""
  }

  private static func quoted(_ mark: String) -> String { "\"\(mark)\"" }

  /// Prints `notes` to standard error, with the name of the `file` that they are about unless there is only
  /// one.
  static func report(_ notes: [TableNote], about file: String? = nil) {
    let start = file.map { "\($0.printable): " } ?? ""
    for note in notes { Terminal.report("note: \(start)\(note.line)\n") }
  }

  /// Whether `other` states the same decision, with whatever example and number.
  func isSameDecision(as other: TableNote) -> Bool {
    switch (self, other) {
    case (.notation(let column, let notation, _), .notation(let other, let others, _)):
      column == other && notation == others
    case (.manyCategories(let column, _, _), .manyCategories(let other, _, _)): column == other
    default: self == other
    }
  }
}
