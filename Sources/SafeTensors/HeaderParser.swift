/// A parser of the JSON in headers of safetensors files, and of no other JSON.
///
/// A general parser would follow a hostile file to any depth of nesting, round large integers to floating
/// point, and silently keep the last of two equal keys.
struct HeaderParser {
  private let bytes: [UInt8]
  private let end: Int
  private var position: Int

  /// Creates a parser of `range` of `bytes`.
  init(_ bytes: [UInt8], _ range: Range<Int>) throws(SafeTensorsError) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span.extracting(range))
    } catch {
      throw .format(
        """
        its header is not UTF-8 text (byte \(error.byteOffsets.lowerBound): \(error.kind)); this \
        is not a safetensors file, or a damaged one
        """)
    }
  }

  /// Parses the header, which must fill the whole range.
  mutating func header() throws(SafeTensorsError) -> (
    metadata: [String: String], entries: [HeaderEntry]
  ) {
    guard position < end, bytes[position] == UInt8(ascii: "{") else {
      throw .format(
        "its header does not begin with '{'; this is not a safetensors file, or a damaged one")
    }
    var metadata: [String: String]?
    var entries: [HeaderEntry] = []
    try object(of: "the header") { parser, name throws(SafeTensorsError) in
      if name != SafeTensorsFile.metadataName {
        entries.append(try parser.entry(name))
      } else if metadata == nil {
        metadata = try parser.metadata()
      } else {
        throw .format("its header has __metadata__ twice; write the file again")
      }
    }
    skipSpace()
    if position < end { throw syntaxError("expected the end of the header") }
    return (metadata ?? [:], entries)
  }

  private mutating func metadata() throws(SafeTensorsError) -> [String: String] {
    var metadata: [String: String] = [:]
    try object(of: "__metadata__") { parser, key throws(SafeTensorsError) in
      guard parser.peek() == UInt8(ascii: "\"") else {
        throw .metadata(key, "its value is not a string; write it as one")
      }
      guard metadata.updateValue(try parser.string(limit: .max), forKey: key) == nil else {
        throw .metadata(key, "the header has it twice; write the file again")
      }
    }
    return metadata
  }

  private mutating func entry(_ name: String) throws(SafeTensorsError) -> HeaderEntry {
    var type: ElementType?
    var shape: [Int]?
    var offsets: [Int]?
    let owner = "tensor \(SafeTensorsError.quoted(name))"
    try object(of: owner) { parser, key throws(SafeTensorsError) in
      let isNew: Bool
      switch key {
      case "dtype":
        isNew = type == nil
        type = try parser.elementType(of: name)
      case "shape":
        isNew = shape == nil
        shape = try parser.integers(of: name, "shape")
      case "data_offsets":
        isNew = offsets == nil
        offsets = try parser.integers(of: name, "data_offsets")
      default:
        throw .tensor(
          name,
          """
          unknown key \(SafeTensorsError.quoted(key)); write the file with dtype, shape and data_offsets \
          alone
          """)
      }
      if !isNew { throw .tensor(name, "its \(key) appears twice; write the file again") }
    }
    guard let type, let shape, let offsets else {
      let missing = type == nil ? "dtype" : shape == nil ? "shape" : "data_offsets"
      throw .tensor(name, "it has no \(missing); write the file again")
    }
    guard offsets.count == 2 else {
      throw .tensor(
        name, "its data_offsets are \(offsets.count) numbers, not 2; write the file again")
    }
    return HeaderEntry(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
  }

  private mutating func elementType(of name: String) throws(SafeTensorsError) -> ElementType {
    guard peek() == UInt8(ascii: "\"") else {
      throw .tensor(name, "its dtype is not a string; write the file again")
    }
    let dtype = try string()
    guard let type = ElementType(rawValue: dtype) else {
      throw .tensor(
        name, "its dtype is \(SafeTensorsError.quoted(dtype)), which is unknown; save it as F32")
    }
    return type
  }

  private mutating func integers(
    of name: String, _ key: String
  ) throws(SafeTensorsError) -> [Int] {
    guard take(UInt8(ascii: "[")) else {
      throw .tensor(name, "its \(key) is not an array; write the file again")
    }
    var values: [Int] = []
    if take(UInt8(ascii: "]")) { return values }
    repeat {
      values.append(try integer(of: name, key))
    } while take(UInt8(ascii: ","))
    if !take(UInt8(ascii: "]")) { throw syntaxError("expected ',' or ']'") }
    return values
  }

  private mutating func integer(of name: String, _ key: String) throws(SafeTensorsError) -> Int {
    let problem: String
    switch peek() {
    case UInt8(ascii: "-"): problem = "is negative"
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let first = position
      var value = 0
      var overflow = false
      while position < end, case let digit = Int(bytes[position]) - 0x30, 0...9 ~= digit {
        let (tens, overflow1) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflow2) = tens.addingReportingOverflow(digit)
        overflow = overflow || overflow1 || overflow2
        value = sum
        position += 1
      }
      if position - first > 1, bytes[first] == UInt8(ascii: "0") {
        problem = "begins with a zero"
      } else if position < end, [0x2e, 0x45, 0x65].contains(bytes[position]) {
        problem = "is not an integer"
      } else if overflow {
        problem = "is more than \(Int.max)"
      } else {
        return value
      }
    default: problem = "is not a number"
    }
    throw .tensor(name, "a number of its \(key) \(problem); write the file again")
  }

  /// Parses an object; `member` parses the value of each key.
  private mutating func object(
    of owner: String,
    _ member: (inout HeaderParser, String) throws(SafeTensorsError) -> Void
  ) throws(SafeTensorsError) {
    guard take(UInt8(ascii: "{")) else { throw syntaxError("\(owner) should be an object") }
    if take(UInt8(ascii: "}")) { return }
    repeat {
      guard peek() == UInt8(ascii: "\"") else { throw syntaxError("expected a key") }
      let key = try string()
      if !take(UInt8(ascii: ":")) { throw syntaxError("expected ':'") }
      try member(&self, key)
    } while take(UInt8(ascii: ","))
    if !take(UInt8(ascii: "}")) { throw syntaxError("expected ',' or '}'") }
  }

  /// Parses a string of at most `limit` bytes. The parser must be at the opening quotation mark.
  private mutating func string(
    limit: Int = SafeTensorsFile.nameLimit
  ) throws(SafeTensorsError) -> String {
    var text: [UInt8] = []
    position += 1
    while position < end {
      if text.count > limit { throw syntaxError("a name has more than \(limit) bytes") }
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        // Decoding repairs nothing: the header and the decoded escapes are valid UTF-8.
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        position += 1
        text += try escape()
      case 0..<0x20: throw syntaxError("a string has an unescaped control character")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw syntaxError("unterminated string")
  }

  /// Parses an escape sequence, and returns its bytes. The parser must be after the backslash.
  private mutating func escape() throws(SafeTensorsError) -> [UInt8] {
    guard position < end else { throw syntaxError("unterminated string") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0c]
    case UInt8(ascii: "n"): return [0x0a]
    case UInt8(ascii: "r"): return [0x0d]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var value = try hexadecimal()
      // Characters beyond the first 65,536 are written as surrogate pairs.
      if 0xd800...0xdbff ~= value, position + 1 < end, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try hexadecimal()
        guard 0xdc00...0xdfff ~= low else { throw syntaxError("unpaired surrogate in a string") }
        value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(value) else {
        throw syntaxError("unpaired surrogate in a string")
      }
      return [UInt8](UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw syntaxError("a string has an unknown escape sequence")
    }
  }

  private mutating func hexadecimal() throws(SafeTensorsError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let digit = position < end ? Character(Unicode.Scalar(bytes[position])).hexDigitValue : nil
      guard let digit else { throw syntaxError("\\u needs four hexadecimal digits") }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  /// Skips white space, and returns the next byte, or 0 at the end.
  private mutating func peek() -> UInt8 {
    skipSpace()
    return position < end ? bytes[position] : 0
  }

  /// Skips white space and then `byte`; returns false if another byte is next.
  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte, position < end else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < end, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) { position += 1 }
  }

  private func syntaxError(_ problem: String) -> SafeTensorsError {
    .format(
      """
      its header is invalid (byte \(position) of the file: \(problem)); copy the file again, or use \
      another
      """)
  }
}
