extension Table {
  /// Creates a table with one row for each record.
  ///
  ///     struct Customer: Codable { var age: Double?, visits: Int, plan: String? }
  ///     let table = try Table(rows: customers)
  ///
  /// Each property becomes a column: numeric for integers and floating-point numbers, categorical for
  /// strings, Booleans and enumerations of strings. A property that is nil becomes a missing cell.
  ///
  /// - Throws: ``TableError`` if there are no records, or a property has another type.
  public init<Record: Encodable>(rows: [Record]) throws(TableError) {
    if rows.isEmpty { throw .format("there are no records; give at least one") }
    let collector = RecordColumns()
    for (row, record) in rows.enumerated() {
      collector.row = row
      do {
        try record.encode(to: RecordEncoder(collector: collector))
      } catch let error as TableError {
        throw error
      } catch {
        throw .format("record \(row) cannot be encoded: \(error)")
      }
    }
    self.init(try collector.columns(rows.count))
  }
}

/// A value of a record.
enum RecordValue {
  case number(Double)
  case integer(Int128)
  case text(String)
  /// Nil, of a number or a text; `isNumber` is nil if the type is unknown.
  case missing(isNumber: Bool?)
}

/// Collects the columns of the records encoded so far.
private final class RecordColumns {
  var row = 0
  private var order: [String] = []
  private var values: [String: [(row: Int, value: RecordValue)]] = [:]

  func set(_ value: RecordValue, _ name: String) {
    if values[name] == nil { order.append(name) }
    values[name, default: []].append((row, value))
  }

  func columns(_ count: Int) throws(TableError) -> [Column] {
    if order.isEmpty { throw .format("the records have no properties") }
    var columns: [Column] = []
    for name in order { columns.append(try column(name, values[name] ?? [], count)) }
    return columns
  }

  private func column(
    _ name: String, _ values: [(row: Int, value: RecordValue)], _ count: Int
  ) throws(TableError) -> Column {
    var numbers = [Double?](repeating: nil, count: count)
    var integers = [Int?](repeating: nil, count: count)
    var texts = [String?](repeating: nil, count: count)
    var (hasNumbers, hasFractions, hasTexts) = (false, false, false)
    var isText: Bool?
    for (row, value) in values {
      switch value {
      case .number(let number):
        (numbers[row], hasNumbers, hasFractions) = (number, true, true)
      case .integer(let integer):
        guard let exact = Int(exactly: integer) else {
          throw .format(
            "column \(TableError.quoted(name)): the integer \(integer) is too large; give it as a text"
          )
        }
        (numbers[row], integers[row], hasNumbers) = (Double(exact), exact, true)
      case .text(let text): (texts[row], hasTexts) = (text, true)
      case .missing(let isNumber): isText = isText ?? isNumber.map { !$0 }
      }
    }
    if hasNumbers && hasTexts {
      throw .format(
        "column \(TableError.quoted(name)) has numbers and texts; give it values of one kind")
    }
    if hasTexts || !hasNumbers && isText == true { return Column(name, texts) }
    return hasFractions ? Column(name, numbers) : Column(name, integers)
  }
}

/// Encodes one record into columns.
private struct RecordEncoder: Encoder {
  let collector: RecordColumns
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RecordContainer(collector: collector))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { Refusal(name: "") }
  func singleValueContainer() -> any SingleValueEncodingContainer { Refusal(name: "") }
}

private struct RecordContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let collector: RecordColumns
  let codingPath: [any CodingKey] = []

  private func set(_ value: RecordValue, _ key: Key) { collector.set(value, key.stringValue) }

  func encodeNil(forKey key: Key) { set(.missing(isNumber: nil), key) }
  func encode(_ value: Bool, forKey key: Key) { set(.text("\(value)"), key) }
  func encode(_ value: String, forKey key: Key) { set(.text(value), key) }
  func encode(_ value: Double, forKey key: Key) { set(.number(value), key) }
  func encode(_ value: Float, forKey key: Key) { set(.number(Double(value)), key) }
  func encode(_ value: Int, forKey key: Key) { set(.integer(Int128(value)), key) }
  func encode(_ value: Int8, forKey key: Key) { set(.integer(Int128(value)), key) }
  func encode(_ value: Int16, forKey key: Key) { set(.integer(Int128(value)), key) }
  func encode(_ value: Int32, forKey key: Key) { set(.integer(Int128(value)), key) }
  func encode(_ value: Int64, forKey key: Key) { set(.integer(Int128(value)), key) }
  func encode(_ value: UInt, forKey key: Key) { set(.integer(Int128(value)), key) }
  func encode(_ value: UInt8, forKey key: Key) { set(.integer(Int128(value)), key) }
  func encode(_ value: UInt16, forKey key: Key) { set(.integer(Int128(value)), key) }
  func encode(_ value: UInt32, forKey key: Key) { set(.integer(Int128(value)), key) }
  func encode(_ value: UInt64, forKey key: Key) { set(.integer(Int128(value)), key) }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    let cell = CellEncoder(name: key.stringValue)
    try value.encode(to: cell)
    set(cell.result.value ?? .missing(isNumber: nil), key)
  }

  // The default implementations skip nil, so a column whose cells are all missing would be lost.

  func encodeIfPresent(_ value: Bool?, forKey key: Key) {
    set(value.map { .text("\($0)") } ?? .missing(isNumber: false), key)
  }
  func encodeIfPresent(_ value: String?, forKey key: Key) {
    set(value.map { .text($0) } ?? .missing(isNumber: false), key)
  }
  func encodeIfPresent(_ value: Double?, forKey key: Key) {
    set(value.map { .number($0) } ?? .missing(isNumber: true), key)
  }
  func encodeIfPresent(_ value: Float?, forKey key: Key) {
    set(value.map { .number(Double($0)) } ?? .missing(isNumber: true), key)
  }
  func encodeIfPresent(_ value: Int?, forKey key: Key) {
    set(value.map { .integer(Int128($0)) } ?? .missing(isNumber: true), key)
  }
  func encodeIfPresent(_ value: Int32?, forKey key: Key) {
    set(value.map { .integer(Int128($0)) } ?? .missing(isNumber: true), key)
  }
  func encodeIfPresent(_ value: Int64?, forKey key: Key) {
    set(value.map { .integer(Int128($0)) } ?? .missing(isNumber: true), key)
  }
  func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
    guard let value else { return set(.missing(isNumber: nil), key) }
    try encode(value, forKey: key)
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    KeyedEncodingContainer(KeyedRefusal(name: key.stringValue))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    Refusal(name: key.stringValue)
  }

  func superEncoder() -> any Encoder { CellEncoder(name: "super") }
  func superEncoder(forKey key: Key) -> any Encoder { CellEncoder(name: key.stringValue) }
}

/// Encodes a value of a custom type, such as an enumeration of strings, into one cell.
private struct CellEncoder: Encoder, SingleValueEncodingContainer {
  final class Result { var value: RecordValue? }

  let name: String
  let result = Result()
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(KeyedRefusal(name: name))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { Refusal(name: name) }
  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { result.value = .missing(isNumber: nil) }
  func encode(_ value: Bool) { result.value = .text("\(value)") }
  func encode(_ value: String) { result.value = .text(value) }
  func encode(_ value: Double) { result.value = .number(value) }
  func encode(_ value: Float) { result.value = .number(Double(value)) }
  func encode(_ value: Int) { result.value = .integer(Int128(value)) }
  func encode(_ value: Int8) { result.value = .integer(Int128(value)) }
  func encode(_ value: Int16) { result.value = .integer(Int128(value)) }
  func encode(_ value: Int32) { result.value = .integer(Int128(value)) }
  func encode(_ value: Int64) { result.value = .integer(Int128(value)) }
  func encode(_ value: UInt) { result.value = .integer(Int128(value)) }
  func encode(_ value: UInt8) { result.value = .integer(Int128(value)) }
  func encode(_ value: UInt16) { result.value = .integer(Int128(value)) }
  func encode(_ value: UInt32) { result.value = .integer(Int128(value)) }
  func encode(_ value: UInt64) { result.value = .integer(Int128(value)) }
  func encode<T: Encodable>(_ value: T) throws { try value.encode(to: self) }
}

private func refused(_ name: String) -> TableError {
  .format(
    name.isEmpty
      ? "a record is a value with named properties; give a structure or a dictionary"
      : """
      column \(TableError.quoted(name)): a cell must be a number, a string or a Boolean; leave nested values \
      out of the record
      """)
}

/// Refuses values that cannot be cells.
private struct Refusal: UnkeyedEncodingContainer, SingleValueEncodingContainer {
  let name: String
  let codingPath: [any CodingKey] = []
  let count = 0

  func encodeNil() throws { throw refused(name) }
  func encode<T: Encodable>(_ value: T) throws { throw refused(name) }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type
  ) -> KeyedEncodingContainer<NestedKey> {
    KeyedEncodingContainer(KeyedRefusal(name: name))
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
  func superEncoder() -> any Encoder { CellEncoder(name: name) }
}

private struct KeyedRefusal<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let name: String
  let codingPath: [any CodingKey] = []

  func encodeNil(forKey key: Key) throws { throw refused(name) }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws { throw refused(name) }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    KeyedEncodingContainer(KeyedRefusal<NestedKey>(name: name))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    Refusal(name: name)
  }

  func superEncoder() -> any Encoder { CellEncoder(name: name) }
  func superEncoder(forKey key: Key) -> any Encoder { CellEncoder(name: name) }
}
