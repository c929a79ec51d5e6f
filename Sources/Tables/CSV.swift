import LangevinPreconditions
public import LinearAlgebra

/// Tables as text: a line a row, numbers with commas between them (RFC 4180).
public enum CSV {
  /// The most cells of a line.
  package static let mostColumns = 4096
  /// The longest name of a column and text of a category, in bytes.
  ///
  /// Swift compares texts by their normal form, which takes a time that grows with the square of the length
  /// for some: a file could be made to keep its reader busy for hours.
  package static let longestText = 1000

  /// The table that `bytes` hold, in UTF-8, with commas between cells, or what separates them in all of
  /// the first lines: semicolons, tabs or vertical bars.
  ///
  /// The first line has the names of the columns if none of its cells is a number. Cells may be in
  /// quotation marks and have spaces around them; lines end in LF, CR LF or CR, and empty ones are
  /// allowed at the end. Every number is rounded to the nearest `Float`; what is not a number, not
  /// finite or beyond `Float` is an error, and so are integers that `Float` does not hold exactly, and lines
  /// of different lengths.
  public static func table(parsing bytes: [UInt8]) throws(TableError) -> NumericTable {
    try CSVScanner.requireText(bytes)
    var scanner = try CSVScanner(bytes, separator: CSVLayout.separator(of: bytes))
    return try scanner.numericTable()
  }

  /// A line a row behind one of `names`, by default x0, x1 …; numbers have as many digits as tell
  /// them apart.
  public static func bytes(of values: Matrix, names: [String]? = nil) -> [UInt8] {
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

  /// `name`, in quotation marks if it would be misread without them among cells with `separator` between
  /// them.
  static func cell(_ name: String, separator: UInt8 = UInt8(ascii: ",")) -> String {
    // Those of other files, too: in a file of one column, they would be taken for separators.
    let special: Set<Unicode.Scalar> = [
      ",", ";", "|", "\"", "\u{feff}", Unicode.Scalar(separator),
    ]
    let blank: Set<Unicode.Scalar> = [" ", "\t"]
    let scalars = name.unicodeScalars
    // Control characters, too: a file may begin with the name, and seem to be of another kind.
    let isPlain =
      !scalars.contains { special.contains($0) || $0 < " " }
      && ![scalars.first, scalars.last].contains { $0.map(blank.contains) ?? true }
    if isPlain { return name }
    var quoted = "\""
    for scalar in scalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
