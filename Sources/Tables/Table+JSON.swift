extension Table {
  /// The table as JSON: an array with one object per row, which has the cells by column name.
  ///
  /// Missing cells and numbers that are not finite become null.
  public var json: [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "[")]
    let names = columns.map { Self.quoted($0.name) }
    // JSON numbers have no leading zeros, plus signs, separators or units.
    let styles = columns.map { column in
      var style = column.style
      (style.digits, style.notation) = (nil, nil)
      return style
    }
    for row in 0..<rowCount {
      bytes += Array((row > 0 ? ",\n{" : "\n{").utf8)
      for (index, column) in columns.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += names[index]
        bytes.append(UInt8(ascii: ":"))
        bytes += Self.json(column, row, styles[index])
      }
      bytes.append(UInt8(ascii: "}"))
    }
    return bytes + Array("\n]\n".utf8)
  }

  private static func json(_ column: Column, _ row: Int, _ style: CellStyle) -> [UInt8] {
    if column.isMissing(row) { return Array("null".utf8) }
    switch column.cells {
    case .numbers(let numbers):
      return Array((numbers[row].isFinite ? style.text(numbers[row]) : "null").utf8)
    case .exact(let units): return Array(style.text(units: units[row]).utf8)
    case .categories(let codes, let names): return quoted(names[Int(codes[row])])
    }
  }

  /// Returns `text` as a JSON string (RFC 8259, section 7).
  private static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    return bytes + [UInt8(ascii: "\"")]
  }
}
