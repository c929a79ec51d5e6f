internal import LangevinFiles
package import LinearAlgebra

/// A table in a CSV file with missing cells to fill in, in the coordinates of a ``TableEncoding``.
///
/// The rest of the file stays as it is, byte for byte: columns that the encoding does not have, quotation
/// marks, line ends.
package struct IncompleteTable: Sendable {
  /// A cell that is missing.
  struct MissingText: Sendable {
    /// The index of its row in ``rows``.
    let row: Int
    /// The index of its column among those of the encoding.
    let column: Int
    /// The range of its text in the file, including quotation marks.
    let range: Range<Int>
  }

  /// The rows in the coordinates of the encoding, without the skipped ones.
  package let rows: IncompleteRows
  private let ranges: [Range<Int>]
  private let bytes: [UInt8]

  /// The error of each row that stays as it is: one with an unknown category, a text instead of a number, or
  /// a missing condition.
  package let skippedRows: [TableError]
  /// Notes for the user.
  package let notes: [TableNote]
  private let separator: UInt8

  /// Reads the table in `bytes`, which has all columns of `encoding` in any order, and may have others.
  ///
  /// - Parameters:
  ///   - bytes: The contents of the CSV file.
  ///   - encoding: The encoding of the columns as coordinates.
  ///   - options: Its missing words, separator and header are used; its other options are ignored.
  ///   - random: Draws the place of a cell within a step of its distribution.
  /// - Throws: ``TableError`` if the file is damaged, or lacks a column of the encoding. A row that cannot be
  ///   encoded is no error; see ``skippedRows``.
  package init(
    csv bytes: [UInt8], _ encoding: TableEncoding, options: TableOptions = TableOptions(),
    random: RandomStream
  ) throws(TableError) {
    self.bytes = bytes
    var reader = try IncompleteTableReader(bytes, encoding, options)
    let rows = try reader.rows()
    skippedRows = reader.badRows
    notes = reader.notes
    separator = reader.separator
    ranges = reader.missingCells.map(\.range)
    self.rows = IncompleteRows(
      rows, missingCells: reader.missingCells.map { .init(row: $0.row, column: $0.column) },
      encoding, random: random)
  }

  /// Returns the file with each missing cell filled by the mean of the numbers or the most frequent category
  /// drawn for it.
  ///
  /// - Parameter draws: The coordinates of the incomplete rows, several draws of each row in succession.
  package func filled(_ draws: Matrix<Float>) -> [UInt8] {
    let filledCells = self.rows.cells(from: draws)
    if filledCells.isEmpty { return bytes }
    let (missingCells, encoding) = (self.rows.missingCells, self.rows.encoding)
    var cells = [[Cell]](repeating: [], count: encoding.columns.count)
    for (missingCell, cell) in zip(missingCells, filledCells) {
      cells[missingCell.column].append(cell)
    }
    let writers = zip(encoding.columns, cells).map { column, cells in
      CellWriter(column.column(rows: cells.count) { cells[$0] }, separator: separator)
    }
    var written = [Int](repeating: 0, count: writers.count)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 8 * missingCells.count)
    var end = 0
    for (missingCell, range) in zip(missingCells, ranges) {
      result += bytes[end..<range.lowerBound]
      writers[missingCell.column].write(written[missingCell.column], to: &result)
      written[missingCell.column] += 1
      end = range.upperBound
    }
    result += bytes[end...]
    return result
  }
}
