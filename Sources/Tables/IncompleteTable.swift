internal import LangevinFiles
package import LinearAlgebra

/// A table in a CSV file of which some cells are to be filled in, in the coordinates of a ``TableEncoding``.
///
/// All else of the file stays as it is, to the last character: columns that the encoding does not know,
/// quotation marks, line ends.
package struct IncompleteTable: Sendable {
  /// A cell that is missing.
  struct Hole: Sendable {
    let row: Int
    /// Among the columns of the encoding.
    let column: Int
    /// Where its text is in the file, with quotation marks.
    let range: Range<Int>
  }

  /// The rows, in the coordinates of the encoding. Rows that are skipped are not among them.
  package let rows: IncompleteRows
  private let ranges: [Range<Int>]
  private let bytes: [UInt8]

  /// What is wrong with each row that is left as it is.
  package let skippedRows: [TableError]
  /// What its user may want to know.
  package let notes: [TableNote]
  private let separator: UInt8

  /// Reads the table that `bytes` hold.
  ///
  /// It has all columns of `encoding`, in any order, and maybe others. Where a cell leaves a choice, within the
  /// steps of a distribution, `random` makes it.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - encoding: How the columns become coordinates.
  ///   - options: What stands for a missing cell, what separates cells, and whether there is a line of
  ///     names.
  ///   - skippingBadRows: Whether a row is left as it is if it has a category that the encoding does not know,
  ///     a text where numbers are, or no category of a condition; else it is an error.
  ///   - random: Where choices come from.
  /// - Throws: ``TableError``, which names the cell.
  package init(
    csv bytes: [UInt8], _ encoding: TableEncoding, options: TableOptions = TableOptions(),
    skippingBadRows: Bool = false, random: RandomStream
  ) throws(TableError) {
    self.bytes = bytes
    var reader = try IncompleteTableReader(bytes, encoding, options)
    let rows = try reader.rows()
    if !skippingBadRows, let error = reader.badRows.first {
      throw reader.badRows.count == 1
        ? error
        : error.adding(
          "; \(reader.badRows.count - 1) other rows are as bad")
    }
    skippedRows = reader.badRows
    notes = reader.notes
    separator = reader.separator
    ranges = reader.holes.map(\.range)
    self.rows = IncompleteRows(
      rows, holes: reader.holes.map { .init(row: $0.row, column: $0.column) }, encoding,
      random: random)
  }

  /// Returns the file with its holes filled: `draws` has the coordinates of each incomplete row several
  /// times, one after the other. A number is the mean of what was drawn, a category what was drawn most often.
  package func filled(_ draws: Matrix) -> [UInt8] {
    let filledCells = self.rows.cells(from: draws)
    if filledCells.isEmpty { return bytes }
    let (holes, encoding) = (self.rows.holes, self.rows.encoding)
    var cells = [[Cell]](repeating: [], count: encoding.columns.count)
    for (hole, cell) in zip(holes, filledCells) { cells[hole.column].append(cell) }
    let writers = zip(encoding.columns, cells).map { column, cells in
      CellWriter(column.column(rows: cells.count) { cells[$0] }, separator: separator)
    }
    var written = [Int](repeating: 0, count: writers.count)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 8 * holes.count)
    var end = 0
    for (hole, range) in zip(holes, ranges) {
      result += bytes[end..<range.lowerBound]
      writers[hole.column].write(written[hole.column], to: &result)
      written[hole.column] += 1
      end = range.upperBound
    }
    result += bytes[end...]
    return result
  }
}
