internal import LangevinFiles

/// What a reader of tables decided where a file leaves a choice, or what it could not keep.
///
/// Nothing of it is an error. A program that has users shows them ``description``, and how to choose
/// otherwise.
package enum TableNote: Sendable, Hashable, CustomStringConvertible {
  /// The cells of a line are separated by this, and not by commas.
  case separator(Character)
  /// The first line is taken for names, though it has numbers, since it has texts above numbers.
  case firstLineIsNames
  /// The first line is taken for a row, since it has numbers, though these could be names.
  case firstLineIsRow
  /// The numbers of this column are written in this notation, as `example` is.
  case notation(column: String, NumberNotation, example: String)
  /// Numbers of this column have more digits than are kept; `example` comes back as `result`.
  case inexact(column: String, example: String, result: String)
  /// Some numbers of this column have zeros or plus signs before their digits, and others have not, as codes
  /// do; `example` comes back as `result`.
  case lostSigns(column: String, example: String, result: String)
  /// No cell is this word, which was to stand for a missing cell, of this column or of any.
  case unusedMissing(String, column: String?)
  /// No column needs the marks of thousands and decimals that were asked for.
  case unusedMarks

  /// Whether an option had no effect.
  package var isOfUnusedOption: Bool {
    switch self {
    case .unusedMissing, .unusedMarks: true
    default: false
    }
  }

  /// What was found, in one line.
  package var description: String {
    switch self {
    case .separator(let separator):
      "cells are read as separated by \(Self.name(separator))"
    case .firstLineIsNames:
      "the first line is read as the names of the columns, since it has texts above numbers"
    case .firstLineIsRow:
      "the first line is read as a row, since it has numbers; these could be names"
    case .notation(let column, let notation, let example):
      """
      column \(TableError.quoted(column)) is read as numbers\(Self.marks(notation)), such as \
      \(TableError.quoted(example))
      """
    case .inexact(let column, let example, let result):
      """
      column \(TableError.quoted(column)) has numbers of more digits than are kept: \
      \(TableError.quoted(example)) is \(TableError.quoted(result)) in samples
      """
    case .lostSigns(let column, let example, let result):
      """
      column \(TableError.quoted(column)) is read as numbers: \(TableError.quoted(example)) is \
      \(TableError.quoted(result)) in samples
      """
    case .unusedMissing(let word, let column?):
      "no cell of column \(TableError.quoted(column)) is \(TableError.quoted(word))"
    case .unusedMissing(let word, nil): "no cell is \(TableError.quoted(word))"
    case .unusedMarks:
      "no column has the marks of thousands or decimals that were asked for"
    }
  }

  private static func name(_ separator: Character) -> String {
    switch separator {
    case ";": "semicolons"
    case "\t": "tabs"
    case "|": "vertical bars"
    default: TableError.quoted(String(separator))
    }
  }

  private static func marks(_ notation: NumberNotation) -> String {
    let marks = [
      notation.thousands.map { "\(TableError.quoted($0)) between thousands" },
      notation.decimalMark.map { "\(TableError.quoted($0)) before decimals" },
    ].compactMap(\.self)
    return marks.isEmpty ? "" : " with " + marks.joined(separator: " and ")
  }
}
