extension Table {
  /// Returns the rows as records, decoding each property from the column of its name.
  ///
  ///     let customers = try samples.table.records(of: Customer.self)
  ///
  /// A missing cell is nil. An integer property needs a column of integers, and a Boolean one a column with
  /// the categories `true` and `false`.
  ///
  /// - Throws: `DecodingError`, which names the column, if a cell is not a value of its property's type.
  public func records<Record: Decodable>(of type: Record.Type = Record.self) throws -> [Record] {
    let rows = RecordRows(self)
    return try (0..<rowCount).map { row in
      try Record(from: RecordDecoder(rows: rows, row: row))
    }
  }
}

/// The columns of a table by name.
private struct RecordRows {
  let columns: [String: Column]

  init(_ table: Table) {
    columns = Dictionary(
      table.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func value(_ row: Int, _ name: String) -> RecordValue? {
    guard let column = columns[name] else { return nil }
    if column.isMissing(row) { return .missing(isNumber: column.kind == .numeric) }
    switch column.cells {
    case .numbers(let numbers): return .number(numbers[row])
    case .exact(let units):
      let decimals = column.style.decimals ?? 0
      return decimals == 0
        ? .integer(units[row]) : .number(Double(units[row]) / CellStyle.power(decimals))
    case .categories(let codes, let names): return .text(names[Int(codes[row])])
    }
  }
}

private struct RecordDecoder: Decoder {
  let rows: RecordRows
  let row: Int
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(RecordDecodingContainer(rows: rows, row: row))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw refused }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw refused }

  private var refused: DecodingError {
    .dataCorrupted(
      .init(codingPath: [], debugDescription: "a row is a value with named properties"))
  }
}

private struct RecordDecodingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let rows: RecordRows
  let row: Int
  let codingPath: [any CodingKey] = []

  var allKeys: [Key] { rows.columns.keys.compactMap { Key(stringValue: $0) } }
  func contains(_ key: Key) -> Bool { rows.columns[key.stringValue] != nil }

  private func cell(_ key: Key) throws -> CellDecoder {
    guard let value = rows.value(row, key.stringValue) else {
      throw DecodingError.keyNotFound(
        key,
        .init(
          codingPath: [],
          debugDescription: "the table has no column \(TableError.quoted(key.stringValue))"))
    }
    return CellDecoder(value: value, key: key)
  }

  func decodeNil(forKey key: Key) throws -> Bool { try cell(key).decodeNil() }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try cell(key).decode(type) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try cell(key).decode(type) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try cell(key).decode(type) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try cell(key).decode(type) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try cell(key).integer(type) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try cell(key).integer(type) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try cell(key).integer(type) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try cell(key).integer(type) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try cell(key).integer(type) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try cell(key).integer(type) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try cell(key).integer(type) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try cell(key).integer(type) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try cell(key).integer(type) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try cell(key).integer(type) }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try T(from: cell(key))
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try cell(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try cell(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { RecordDecoder(rows: rows, row: row) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try cell(key) }
}

private struct CellDecoder: Decoder, SingleValueDecodingContainer {
  let value: RecordValue
  let key: any CodingKey
  let userInfo: [CodingUserInfoKey: Any] = [:]

  var codingPath: [any CodingKey] { [key] }

  private func mismatch(_ type: Any.Type) -> DecodingError {
    let found =
      switch value {
      case .number(let number): "the number \(number)"
      case .integer(let integer): "the integer \(integer)"
      case .text(let text): "the text \(TableError.quoted(text))"
      case .missing: "a missing cell"
      }
    return .typeMismatch(
      type,
      .init(
        codingPath: codingPath,
        debugDescription:
          "column \(TableError.quoted(key.stringValue)) has \(found), not a value of \(type)"))
  }

  func decodeNil() -> Bool { if case .missing = value { true } else { false } }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .text(let text) = value, let truth = Bool(text) else { throw mismatch(type) }
    return truth
  }

  func decode(_ type: String.Type) throws -> String {
    guard case .text(let text) = value else { throw mismatch(type) }
    return text
  }

  func decode(_ type: Double.Type) throws -> Double {
    switch value {
    case .number(let number): return number
    case .integer(let integer): return Double(integer)
    case .text, .missing: throw mismatch(type)
    }
  }

  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }

  func integer<I: FixedWidthInteger>(_ type: I.Type) throws -> I {
    let integer: I? =
      switch value {
      case .number(let number): I(exactly: number)
      case .integer(let integer): I(exactly: integer)
      case .text, .missing: nil
      }
    guard let integer else { throw mismatch(type) }
    return integer
  }

  func decode(_ type: Int.Type) throws -> Int { try integer(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: self) }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw mismatch(type)
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw mismatch([Any].self) }
  func singleValueContainer() -> any SingleValueDecodingContainer { self }
}
