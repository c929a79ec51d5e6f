internal import LangevinFiles
import LangevinPreconditions
public import LinearAlgebra

/// A table in a CSV file of which some cells are to be filled in, in the coordinates of a ``TableEncoding``.
///
/// All else of the file stays as it is, to the last character: columns that the encoding does not know,
/// quotation marks, line ends.
public struct IncompleteTable: Sendable {
  /// A cell that is missing.
  struct Hole: Sendable {
    let row: Int
    /// Among the columns of the encoding.
    let column: Int
    /// Where its text is in the file, with quotation marks.
    let range: Range<Int>
  }

  /// How its columns become coordinates.
  public let encoding: TableEncoding
  /// The coordinates of each row; of a missing cell, zeros.
  public private(set) var coordinates: Matrix
  /// 1 for each coordinate that is known, and 0 for others.
  public private(set) var known: Matrix
  private(set) var holes: [Hole] = []
  private let bytes: [UInt8]

  /// Cells that are to be filled in.
  public var holeCount: Int { holes.count }
  /// The rows that have some, in ascending order. Rows that are skipped do not count.
  public private(set) var incompleteRows: [Int] = []
  /// What is wrong with each row that is left as it is.
  public let skippedRows: [TableError]
  /// What its user may want to know.
  public let notes: [TableNote]
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
  public init(
    csv bytes: [UInt8], _ encoding: TableEncoding, options: TableOptions = TableOptions(),
    skippingBadRows: Bool = false, random: RandomStream
  ) throws(TableError) {
    self.encoding = encoding
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
    holes = reader.holes
    coordinates = Matrix(rows: rows.count, columns: encoding.width)
    known = Matrix(rows: rows.count, columns: encoding.width) { _, _ in 1 }
    let choices = random.uniform(rows: rows.count, columns: encoding.width)
    let ranges = encoding.ranges
    for (row, cells) in rows.enumerated() {
      var line = coordinates.mutableRow(row)
      for (column, cell) in cells.enumerated() {
        encoding.columns[column].encode(
          cell, to: &line, at: ranges[column].lowerBound,
          choices.row(row).extracting(ranges[column]))
      }
    }
    incompleteRows = Set(holes.map(\.row)).sorted()
    for hole in holes {
      let column = encoding.columns[hole.column]
      let start = ranges[hole.column].lowerBound
      for index in 0..<column.valueWidth {
        coordinates[hole.row, start + index] = 0
        known[hole.row, start + index] = 0
      }
      // It will not be missing.
      if let missing = column.missing {
        let place = Double(choices[hole.row, start])
        coordinates[hole.row, start + column.valueWidth] = Float(missing.encode(0, place: place))
      }
    }
  }

  /// The file with its holes filled: `draws` has the coordinates of each of ``incompleteRows`` several
  /// times, one after the other. A number is the mean of what was drawn, a category what was drawn most often.
  public func filled(_ draws: Matrix) -> [UInt8] {
    let count = incompleteRows.count
    if count == 0 { return bytes }
    let each = draws.rows / count
    require(
      draws.rows == each * count && draws.columns == encoding.width && each > 0,
      """
      IncompleteTable: draws of \(draws.rows) × \(draws.columns) for \(count) rows of \(encoding.width) \
      coordinates
      """)
    let places = Dictionary(uniqueKeysWithValues: zip(incompleteRows, 0...))
    let ranges = encoding.ranges
    var cells = [[Cell]](repeating: [], count: encoding.columns.count)
    for hole in holes {
      let column = encoding.columns[hole.column]
      let first = (places[hole.row] ?? 0) * each
      cells[hole.column].append(
        column.typical(
          (0..<each).map { draw in
            column.value(draws.row(first + draw), at: ranges[hole.column].lowerBound)
          }))
    }
    let writers = zip(encoding.columns, cells).map { column, cells in
      CellWriter(column.column(rows: cells.count) { cells[$0] }, separator: separator)
    }
    var written = [Int](repeating: 0, count: writers.count)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 8 * holes.count)
    var end = 0
    for hole in holes {
      result += bytes[end..<hole.range.lowerBound]
      writers[hole.column].write(written[hole.column], to: &result)
      written[hole.column] += 1
      end = hole.range.upperBound
    }
    result += bytes[end...]
    return result
  }
}

extension ColumnEncoding {
  /// What stands for all of `cells`, of which there is at least one.
  fileprivate func typical(_ cells: [Cell]) -> Cell {
    if isExact { return typicalOfExact(cells) }
    var sum = 0.0
    var counts: [Int: Int] = [:]
    for cell in cells {
      switch cell {
      case .number(let number): sum += number
      case .category(let code): counts[code, default: 0] += 1
      case .missing, .exact: break
      }
    }
    if kind == .numeric {
      return .number(style.rounded(sum / Double(cells.count), within: range))
    }
    let most = counts.values.max()
    return .category(counts.filter { $0.value == most }.keys.min() ?? 0)
  }

  /// The mean of exact `cells`, within the range of the column.
  private func typicalOfExact(_ cells: [Cell]) -> Cell {
    let units = cells.compactMap { cell -> Int128? in
      if case .exact(let units) = cell { units } else { nil }
    }
    guard let first = units.first else { return .missing }
    // Of the differences from one of them, which is what `Double` keeps best.
    let sum = units.reduce(0.0) { $0 + $1.difference(from: first) }
    return .exact(first.advanced(byRounding: sum / Double(units.count)))
  }
}
