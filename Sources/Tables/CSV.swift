import LangevinPreconditions
package import LinearAlgebra

/// Tables as text, one row per line, with commas between the cells (RFC 4180).
package enum CSV {
  /// The maximum number of cells in a line.
  package static let mostColumns = 4096
  /// The maximum length of a column name or a category, in bytes.
  ///
  /// Swift compares strings by their normal form. For some strings, this takes time that grows with the
  /// square of their length, so a malicious file could keep its reader busy for hours.
  package static let longestText = 1000

  /// Parses `bytes`, in UTF-8, as a table of numbers.
  ///
  /// Cells are separated by commas, or by semicolons, tabs or vertical bars if these separate all of the
  /// first lines. The first line has the names of the columns if none of its cells is a number. Cells may be
  /// in quotation marks and have spaces around them. Lines end in LF, CR LF or CR, and empty lines are
  /// allowed at the end. Every number is rounded to the nearest `Float`.
  ///
  /// - Throws: ``TableError`` if a cell is not a finite number in the range of `Float`, if `Float` cannot
  ///   represent an integer exactly, or if lines have different numbers of cells.
  package static func table(parsing bytes: [UInt8]) throws(TableError) -> NumericTable {
    try CSVScanner.requireText(bytes)
    var scanner = try CSVScanner(bytes, separator: CSVLayout.separator(of: bytes))
    return try scanner.numericTable()
  }

  /// Returns `values` as CSV: a line of `names`, by default x0, x1 …, and a line per row.
  ///
  /// Numbers are as short as possible; reading them back gives the same bits.
  package static func bytes(of values: Matrix<Float>, names: [String]? = nil) -> [UInt8] {
    let names = names ?? (0..<values.columns).map { "x\($0)" }
    require(
      names.count == values.columns,
      "CSV: \(names.count) names for \(values.rows) × \(values.columns)")
    var bytes = Array(names.map { cell($0) }.joined(separator: ",").utf8)
    bytes.append(UInt8(ascii: "\n"))
    bytes.reserveCapacity(bytes.count + 12 * values.count)
    for row in 0..<values.rows {
      let numbers = values.row(row)
      for column in numbers.indices {
        if column > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: numbers[column].description.utf8)
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// Returns `name` as a cell, in quotation marks if it would be misread without them.
  static func cell(_ name: String, separator: UInt8 = UInt8(ascii: ",")) -> String {
    // The separators of other files as well: in a file of one column, detection would take them for
    // separators.
    let special: Set<Unicode.Scalar> = [
      ",", ";", "|", "\"", "\u{feff}", Unicode.Scalar(separator),
    ]
    let blank: Set<Unicode.Scalar> = [" ", "\t"]
    let scalars = name.unicodeScalars
    // Control characters as well: a file that begins with this name could look like another kind of file.
    let isPlain =
      !scalars.contains { special.contains($0) || $0 < " " }
      && ![scalars.first, scalars.last].contains { $0.map(blank.contains) ?? true }
    return isPlain ? name : quoted(name)
  }

  /// Returns `text` in quotation marks, those within it doubled.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
