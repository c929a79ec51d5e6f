internal import LangevinFiles

/// A note about a decision where a file is ambiguous, about information that is lost, or about an unused
/// option.
///
/// A note is not an error. Programs show their users ``description``, and how to choose otherwise.
package enum TableNote: Sendable, Hashable, CustomStringConvertible {
  /// This character, not a comma, separates the cells of a line.
  case separator(Character)
  /// The first line is read as names although it has numbers, because it has texts above numbers.
  case firstLineIsNames
  /// The first line is read as a row because it has numbers, although these could be names.
  case firstLineIsRow
  /// The numbers of this column, for example `example`, have this notation.
  case notation(column: String, NumberNotation, example: String)
  /// This column has numbers with more digits than can be kept; in samples, `example` becomes `result`.
  case inexact(column: String, example: String, result: String)
  /// Only some numbers of this column have leading zeros or plus signs, which are lost; in samples, `example`
  /// becomes `result`.
  case lostSigns(column: String, example: String, result: String)
  /// This column of texts, for example `example`, has many categories, which are learned badly.
  case manyCategories(column: String, Int, example: String)
  /// No cell is this missing word, which applies to one column, or to all if `column` is nil.
  case unusedMissing(String, column: String?)
  /// No column has the requested thousands or decimal separators.
  case unusedMarks

  /// Whether an option had no effect.
  package var isOfUnusedOption: Bool {
    switch self {
    case .unusedMissing, .unusedMarks: true
    default: false
    }
  }

  /// The note on one line.
  package var description: String {
    switch self {
    case .separator(let separator):
      "cells are separated by \(Self.name(separator))"
    case .firstLineIsNames:
      "the first line is read as column names because it has texts above numbers"
    case .firstLineIsRow:
      "the first line is read as a row because it has numbers, which could also be column names"
    case .notation(let column, let notation, let example):
      """
      column \(TableError.quoted(column)) is read as numbers\(Self.marks(notation)), such as \
      \(TableError.quoted(example))
      """
    case .inexact(let column, let example, let result):
      """
      column \(TableError.quoted(column)) has numbers with more digits than can be kept: \
      \(TableError.quoted(example)) becomes \(TableError.quoted(result)) in samples
      """
    case .lostSigns(let column, let example, let result):
      """
      column \(TableError.quoted(column)) is read as numbers: \(TableError.quoted(example)) becomes \
      \(TableError.quoted(result)) in samples
      """
    case .manyCategories(let column, let count, let example):
      """
      column \(TableError.quoted(column)) has \(count) different texts, such as \(TableError.quoted(example)), \
      and each becomes a category
      """
    case .unusedMissing(let word, let column?):
      "no cell of column \(TableError.quoted(column)) is \(TableError.quoted(word))"
    case .unusedMissing(let word, nil): "no cell is \(TableError.quoted(word))"
    case .unusedMarks:
      "no column has the requested thousands or decimal separators"
    }
  }

  static func name(_ separator: Character) -> String {
    switch separator {
    case ",": "commas"
    case ";": "semicolons"
    case "\t": "tabs"
    case "|": "vertical bars"
    default: TableError.quoted(String(separator))
    }
  }

  private static func marks(_ notation: NumberNotation) -> String {
    let marks = [
      notation.thousands.map { "\(TableError.quoted($0)) as the thousands separator" },
      notation.decimalMark.map { "\(TableError.quoted($0)) as the decimal separator" },
    ].compactMap(\.self)
    return marks.isEmpty ? "" : " with " + marks.joined(separator: " and ")
  }
}
