internal import LinearAlgebra

extension CSVScanner {
  /// Reads all lines as numbers.
  mutating func numericTable() throws(TableError) -> NumericTable {
    guard try readLine() else {
      throw .format("it is empty; write a line of numbers for each point")
    }
    let columns = cells.count
    let names = try names()
    var numbers: [Float] = []
    // An estimate: about ten characters per number.
    numbers.reserveCapacity(bytes.count / 10)
    if names == nil { try appendNumbers(to: &numbers) }
    while try readLine() {
      try requireCells(columns)
      try appendNumbers(to: &numbers)
    }
    if numbers.isEmpty {
      throw .format(
        "it has column names but no rows; add a line of numbers for each point")
    }
    return NumericTable(
      names: names,
      values: Matrix<Float>(rows: numbers.count / columns, columns: columns, elements: numbers))
  }

  private func appendNumbers(to numbers: inout [Float]) throws(TableError) {
    for (index, cell) in cells.enumerated() {
      let reason: String
      switch number(cell) {
      case .number(let number):
        if let float = float(cell, number) {
          if isExact(cell, number, float) {
            numbers.append(float)
            continue
          }
          reason = Self.inexact(quoted(cell))
        } else {
          reason = Self.beyondFloat(quoted(cell))
        }
      case .empty: reason = "it is empty; fill in a number, or remove the line"
      case .notFinite:
        reason = "\(quoted(cell)) is not a finite number; change it, or remove the line"
      case .text:
        reason =
          "\(quoted(cell)) is not a number; change it, or remove the line or column"
          + separatorHint([cell])
      }
      throw .cell(line: line, column: index + 1, reason)
    }
  }

  /// Returns the `Float` nearest to `number`, which is the number in `cell`; nil if it is infinite.
  private func float(_ cell: Field, _ number: Double) -> Float? {
    var float = Float(number)
    // Halfway between two floats, the rounding to `Double` may have decided; round the text directly instead.
    if number.significandBitPattern & 0x1fff_ffff == 0x1000_0000 || number.magnitude < 1e-37 {
      float = Float(String(decoding: bytes[cell.range], as: UTF8.self)) ?? float
    }
    return float.isFinite ? float : nil
  }

  /// Returns whether `float` equals the integer in `cell`; true for other numbers.
  ///
  /// An integer may be a code, and rounding would change the code. Numbers with an exponent are quantities.
  private func isExact(_ cell: Field, _ number: Double, _ float: Float) -> Bool {
    if number.magnitude <= 0x1p24 || number != number.rounded() { return true }
    let text = bytes[cell.range]
    guard let decimal = Decimal(text), decimal.decimals == 0, !decimal.hasExponent else {
      return true
    }
    guard let units = decimal.units(text, decimals: 0) else { return true }
    return Int128(exactly: float) == units
  }

  /// Returns the error for an integer that `Float` cannot represent exactly.
  static func inexact(_ text: String) -> String {
    """
    \(text) has more digits than a 32-bit float keeps; read the file as a table, or subtract a number \
    from the column
    """
  }

  /// Returns the error for a number beyond the range of `Float`.
  static func beyondFloat(_ text: String) -> String {
    "\(text) is beyond the range of a 32-bit float (3.4e38); scale the column down"
  }
}
