/// A parser for a Python dictionary with the types of values that an NPY header has.
struct PythonDictionary {
  enum Value: Equatable {
    case text(String)
    case truth(Bool)
    /// A tuple of nonnegative integers.
    case numbers([Int])
  }

  /// The largest number of bytes of a string; headers have short ones.
  private static let longestText = 1000

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// Parses all entries. Only spaces and line ends may surround the dictionary.
  consuming func entries() throws(NPYError) -> [String: Value] {
    var entries: [String: Value] = [:]
    try expect("{")
    while !take("}") {
      let key = try text()
      try expect(":")
      guard entries.updateValue(try value(), forKey: key) == nil else {
        throw damaged("\(NPYError.quoted(key)) occurs twice")
      }
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipSpaces()
    guard position == bytes.endIndex else { throw damaged("text follows the dictionary") }
    return entries
  }

  private mutating func value() throws(NPYError) -> Value {
    skipSpaces()
    guard position < bytes.endIndex else { throw damaged("a value is missing") }
    switch bytes[position] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "("): return .numbers(try tuple())
    case UInt8(ascii: "["):
      throw .format("its elements have fields; save an array of numbers of one type")
    default:
      if takeWord("True") { return .truth(true) }
      if takeWord("False") { return .truth(false) }
      throw damaged("a value is not a string, a Boolean or a tuple")
    }
  }

  private mutating func text() throws(NPYError) -> String {
    skipSpaces()
    guard position < bytes.endIndex,
      bytes[position] == UInt8(ascii: "'") || bytes[position] == UInt8(ascii: "\"")
    else { throw damaged("a string is missing") }
    let quote = bytes[position]
    position += 1
    let start = position
    while position < bytes.endIndex, bytes[position] != quote { position += 1 }
    guard position < bytes.endIndex else { throw damaged("unterminated string") }
    if position - start > Self.longestText {
      throw damaged("a string has more than \(Self.longestText) bytes")
    }
    defer { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func tuple() throws(NPYError) -> [Int] {
    try expect("(")
    var numbers: [Int] = []
    while !take(")") {
      numbers.append(try number())
      if !take(",") {
        try expect(")")
        break
      }
    }
    return numbers
  }

  private mutating func number() throws(NPYError) -> Int {
    skipSpaces()
    let start = position
    while position < bytes.endIndex, (0x30...0x39).contains(bytes[position]) { position += 1 }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let number = Int(digits) else {
      throw damaged("a size is not a number from 0 to 2⁶³ - 1")
    }
    // Python 2 wrote an L after a long integer.
    _ = takeWord("L")
    return number
  }

  private mutating func skipSpaces() {
    while position < bytes.endIndex, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) {
      position += 1
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard position < bytes.endIndex, bytes[position] == UInt8(ascii: character) else {
      return false
    }
    position += 1
    return true
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(NPYError) {
    if !take(character) { throw damaged("\"\(character)\" is missing") }
  }

  private func damaged(_ reason: String) -> NPYError {
    .format("its header is damaged (\(reason)); copy the file again, or save it again")
  }
}
