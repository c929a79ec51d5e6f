import Tables
import LinearAlgebra
import Testing

/// NumPy's format, its headers and what may be wrong with them.
@Suite struct NPYTests {
  /// A file with this header, of version 1, and `count` zeros behind it.
  static func file(_ header: String, dataBytes: Int, version: UInt8 = 1) -> [UInt8] {
    let text = Array(header.utf8)
    var length = [UInt8(text.count & 0xff), UInt8(text.count >> 8)]
    if version > 1 { length += [0, 0] }
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + text
      + [UInt8](repeating: 0, count: dataBytes)
  }

  static func header(
    type: String = "'<f4'", order: String = "False", shape: String = "(2, 3)"
  ) -> String {
    "{'descr': \(type), 'fortran_order': \(order), 'shape': \(shape), }\n"
  }

  private func complaint(_ bytes: [UInt8]) -> String? {
    do throws(TableError) {
      _ = try NPY.matrix(parsing: bytes)
      return nil
    } catch {
      #expect(!error.description.utf8.contains(0x0a))
      return error.description
    }
  }

  @Test(arguments: [(1, 1), (1, 7), (13, 2), (100, 3)])
  func writtenArraysAreReadBack(rows: Int, columns: Int) throws {
    let values = RandomStream(seed: 1).normal(rows: rows, columns: columns)
    let bytes = NPY.bytes(of: values)
    #expect(try NPY.matrix(parsing: bytes) == values)
    // Numbers begin on a boundary of 64 bytes.
    #expect((bytes.count - 4 * values.count).isMultiple(of: 64))
  }

  /// Integers of all sizes, with their signs.
  @Test(
    arguments: [
      ("|b1", [1, 0], [1, 0]), ("|i1", [0xff, 0x7f], [-1, 127]), ("|u1", [0xff, 1], [255, 1]),
      ("<i2", [0xfe, 0xff, 0, 1], [-2, 256]), ("<u2", [0xfe, 0xff, 0, 1], [65534, 256]),
      ("<i4", [0xff, 0xff, 0xff, 0xff, 0, 0, 1, 0], [-1, 65536]),
      ("<u4", [0, 0, 0, 0x80, 2, 0, 0, 0], [2_147_483_648, 2]),
      ("<i8", Array(repeating: 0xff, count: 8) + [3, 0, 0, 0, 0, 0, 0, 0], [-1, 3]),
      ("<u8", [0, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0], [4_294_967_296, 3]),
    ] as [(String, [UInt8], [Float])])
  func integersAreRead(type: String, data: [UInt8], expected: [Float]) throws {
    let header = Self.header(type: "'\(type)'", shape: "(2,)")
    let bytes = Self.file(header, dataBytes: 0) + data
    #expect(try NPY.matrix(parsing: bytes) == Matrix(rows: 2, columns: 1, elements: expected))
  }

  /// Rows of several dimensions, in both orders: element (i, j, k) of 2 × 3 × 4 is 100 i + 10 j + k.
  @Test(arguments: [false, true])
  func imagesAreRowsIfAskedFor(isFortranOrder: Bool) throws {
    var data = [UInt8](repeating: 0, count: 24)
    for i in 0..<2 {
      for j in 0..<3 {
        for k in 0..<4 {
          data[isFortranOrder ? i + 2 * (j + 3 * k) : (3 * i + j) * 4 + k] = UInt8(
            100 * i + 10 * j + k)
        }
      }
    }
    let header = Self.header(
      type: "'|u1'", order: isFortranOrder ? "True" : "False", shape: "(2, 3, 4)")
    let bytes = Self.file(header, dataBytes: 0) + data
    #expect(complaint(bytes)?.contains("3 dimensions") == true)
    #expect(
      try NPY.matrix(parsing: bytes, flattens: true)
        == Matrix(rows: 2, columns: 12) { Float(100 * $0 + $1 / 4 * 10 + $1 % 4) })
  }

  @Test(arguments: [
    header(), "{'shape':(2,3),'fortran_order':False,'descr':'<f4'}",
    "{\"descr\": \"<f4\", \"fortran_order\": True, \"shape\": (2L, 3L)}",
    "  { 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 2 , 3 , ) , }  \n",
  ])
  func headersMayBeWrittenOtherwise(header: String) throws {
    for version in 1...3 as ClosedRange<UInt8> {
      let bytes = Self.file(header, dataBytes: 24, version: version)
      #expect(try NPY.matrix(parsing: bytes) == Matrix(rows: 2, columns: 3))
    }
  }

  @Test(arguments: [
    (header(), 23, "cut short or damaged"), (header(), 25, "1 bytes follow its 2 × 3 numbers"),
    (header(shape: "(0, 3)"), 0, "without a number"),
    (header(shape: "(3, 0)"), 0, "without a number"),
    (header(shape: "()"), 4, "no dimensions"), (header(shape: "(2, 3, 4)"), 96, "3 dimensions"),
    (header(shape: "(9223372036854775807, 3)"), 24, "cut short or damaged"),
    (header(shape: "(4294967296, 4294967296)"), 0, "cut short or damaged"),
    (header(shape: "(2305843009213693952, 2)"), 0, "cut short or damaged"),
    (header(shape: "(9223372036854775808, 2)"), 0, "a size is not a number"),
    (header(shape: "(-2, 3)"), 24, "a size is not a number"),
    (header(shape: "(2 3)"), 24, "\")\" is missing"), (header(shape: "[2, 3]"), 24, "fields"),
    (header(shape: "6"), 24, "no string, truth value or tuple"),
    (header(type: "'>f4'"), 24, "\">f4\", and little-endian integers and floats"),
    (header(type: "'<c8'"), 48, "convert it with .astype('<f4')"),
    (header(shape: "(2, 4294967296, 4294967296)"), 24, "more than any file holds"),
    (header(type: "[('x', '<f4')]"), 24, "have fields"),
    (header(type: "'<f4"), 24, "damaged"), (header(order: "None"), 24, "damaged"),
    (header(order: "'False'"), 24, "one each of descr"),
    ("{'descr': '<f4', 'shape': (2, 3)}", 24, "one each of descr"),
    (
      "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}", 24, "comes twice"
    ),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'x': ''}", 24, "one each of descr"),
    (header(type: "'\(String(repeating: "e\u{301}", count: 400))'"), 24, "more than 1000 bytes"),
    (header() + "x", 24, "goes on behind"), ("", 24, "\"{\" is missing"), ("{}", 24, "one each"),
  ])
  func damagedHeadersAreRefused(header: String, dataBytes: Int, reason: String) {
    let message = complaint(Self.file(header, dataBytes: dataBytes))
    #expect(message?.contains(reason) == true, "\(message ?? "it was read")")
  }

  @Test func otherVersionsAreRefused() {
    var bytes = NPY.bytes(of: Matrix([[1]]))
    bytes[6] = 4
    #expect(complaint(bytes)?.contains("version 4.0") == true)
    bytes[6] = 0
    #expect(complaint(bytes)?.contains("version 0.0") == true)
    (bytes[6], bytes[7]) = (1, 1)
    #expect(complaint(bytes)?.contains("version 1.1") == true)
    #expect(complaint(Array("x0,x1\n".utf8))?.contains("not an NPY file") == true)
    #expect(complaint([])?.contains("not an NPY file") == true)
  }

  /// In the second row and third column, in either order and type.
  @Test(arguments: [("'<f4'", 4), ("'<f8'", 8)], ["False", "True"])
  func numbersMustBeFinite(type: (String, Int), order: String) {
    let size = type.1
    var bytes = Self.file(
      Self.header(type: type.0, order: order), dataBytes: 6 * size)
    // Of both orders, the last is element [1, 2]; these two bytes make an infinity of it.
    let last = bytes.count - 2
    (bytes[last], bytes[last + 1]) = size == 4 ? (0x80, 0x7f) : (0xf0, 0x7f)
    #expect(complaint(bytes)?.hasPrefix("element [1, 2]: it is inf, not a finite") == true)
    (bytes[last], bytes[last + 1]) = (0xff, 0xff)
    #expect(complaint(bytes)?.contains("element [1, 2]: it is") == true)
    if size == 8 {
      // 2¹²⁸, one beyond.
      (bytes[last], bytes[last + 1]) = (0xf0, 0x47)
      #expect(complaint(bytes)?.contains("[1, 2]: 3.402823669209385e+38 is beyond") == true)
    }
    // Another place: byte 4 of the third number.
    bytes = Self.file(Self.header(type: type.0, order: order), dataBytes: 6 * size)
    let third = bytes.count - 3 * size - 2
    (bytes[third], bytes[third + 1]) = size == 4 ? (0x80, 0x7f) : (0xf0, 0x7f)
    let place = order == "True" ? "[0, 1]" : "[0, 2]"
    #expect(complaint(bytes)?.hasPrefix("element \(place)") == true)
  }

  @Test func statesAreOneArray() {
    let bytes = NPY.bytes(ofStates: [Matrix([[1, 2]]), Matrix([[3, 4]])])
    #expect(String(decoding: bytes, as: UTF8.self).contains("'shape': (2, 1, 2), }"))
    #expect(complaint(bytes)?.contains("3 dimensions") == true)
  }
}
