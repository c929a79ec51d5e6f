import LinearAlgebra
import Testing

@testable import Tables

/// NumPy's array format, and errors in its headers.
@Suite struct NPYTests {
  /// Returns a file with this header and version, followed by `dataBytes` zeros.
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
    #expect(
      try NPY.matrix(parsing: bytes) == Matrix<Float>(rows: 2, columns: 1, elements: expected))
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
        == Matrix<Float>(rows: 2, columns: 12) { Float(100 * $0 + $1 / 4 * 10 + $1 % 4) })
  }

  @Test(arguments: [
    header(), "{'shape':(2,3),'fortran_order':False,'descr':'<f4'}",
    "{\"descr\": \"<f4\", \"fortran_order\": True, \"shape\": (2L, 3L)}",
    "  { 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 2 , 3 , ) , }  \n",
  ])
  func headersMayBeWrittenOtherwise(header: String) throws {
    for version in 1...3 as ClosedRange<UInt8> {
      let bytes = Self.file(header, dataBytes: 24, version: version)
      #expect(try NPY.matrix(parsing: bytes) == Matrix<Float>(rows: 2, columns: 3))
    }
  }

  @Test(arguments: [
    (header(), 23, "cut short or damaged"), (header(), 25, "1 bytes follow its 2 × 3 numbers"),
    (header(shape: "(0, 3)"), 0, "has no numbers (its shape is"),
    (header(shape: "(3, 0)"), 0, "has no numbers (its shape is"),
    (header(shape: "()"), 4, "no dimensions"), (header(shape: "(2, 3, 4)"), 96, "3 dimensions"),
    (header(shape: "(9223372036854775807, 3)"), 24, "cut short or damaged"),
    (header(shape: "(4294967296, 4294967296)"), 0, "cut short or damaged"),
    (header(shape: "(2305843009213693952, 2)"), 0, "cut short or damaged"),
    (header(shape: "(9223372036854775808, 2)"), 0, "a size is not a number"),
    (header(shape: "(-2, 3)"), 24, "a size is not a number"),
    (header(shape: "(2 3)"), 24, "\")\" is missing"), (header(shape: "[2, 3]"), 24, "fields"),
    (header(shape: "6"), 24, "not a string, a Boolean or a tuple"),
    (header(type: "'<f2'"), 12, "\"<f2\", but only integers, truth values, and floats"),
    (header(type: "'<c8'"), 48, "save .real and .imag of complex numbers"),
    (header(shape: "(2, 4294967296, 4294967296)"), 24, "more than any file holds"),
    (header(type: "[('x', '<f4')]"), 24, "have fields"),
    (header(type: "'<f4"), 24, "damaged"), (header(order: "None"), 24, "damaged"),
    (header(order: "'False'"), 24, "one each of descr"),
    ("{'descr': '<f4', 'shape': (2, 3)}", 24, "one each of descr"),
    (
      "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}", 24, "twice"
    ),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'x': ''}", 24, "one each of descr"),
    (header(type: "'\(String(repeating: "e\u{301}", count: 400))'"), 24, "more than 1000 bytes"),
    (header() + "x", 24, "text follows the dictionary"), ("", 24, "\"{\" is missing"),
    ("{}", 24, "one each"),
  ])
  func damagedHeadersAreRefused(header: String, dataBytes: Int, reason: String) {
    let message = complaint(Self.file(header, dataBytes: dataBytes))
    #expect(message?.contains(reason) == true, "\(message ?? "it was read")")
  }

  @Test func otherVersionsAreRefused() {
    var bytes = NPY.bytes(of: Matrix<Float>([[1]]))
    bytes[6] = 4
    #expect(complaint(bytes)?.contains("version 4.0") == true)
    bytes[6] = 0
    #expect(complaint(bytes)?.contains("version 0.0") == true)
    (bytes[6], bytes[7]) = (1, 1)
    #expect(complaint(bytes)?.contains("version 1.1") == true)
    #expect(complaint(Array("x0,x1\n".utf8))?.contains("not an NPY file") == true)
    #expect(complaint([])?.contains("not an NPY file") == true)
  }

  /// Errors name the second row and third column in either order and type.
  @Test(arguments: [("'<f4'", 4), ("'<f8'", 8)], ["False", "True"])
  func numbersMustBeFinite(type: (String, Int), order: String) {
    let size = type.1
    var bytes = Self.file(
      Self.header(type: type.0, order: order), dataBytes: 6 * size)
    // In both orders, the last element is [1, 2]; these two bytes make it infinite.
    let last = bytes.count - 2
    (bytes[last], bytes[last + 1]) = size == 4 ? (0x80, 0x7f) : (0xf0, 0x7f)
    #expect(complaint(bytes)?.hasPrefix("element [1, 2]: it is inf, not a finite") == true)
    (bytes[last], bytes[last + 1]) = (0xff, 0xff)
    #expect(complaint(bytes)?.contains("element [1, 2]: it is") == true)
    if size == 8 {
      // 2¹²⁸ is just beyond the range of `Float`.
      (bytes[last], bytes[last + 1]) = (0xf0, 0x47)
      #expect(complaint(bytes)?.contains("[1, 2]: 3.402823669209385e+38 is beyond") == true)
    }
    // An infinity as the third number of the file.
    bytes = Self.file(Self.header(type: type.0, order: order), dataBytes: 6 * size)
    let third = bytes.count - 3 * size - 2
    (bytes[third], bytes[third + 1]) = size == 4 ? (0x80, 0x7f) : (0xf0, 0x7f)
    let place = order == "True" ? "[0, 1]" : "[0, 2]"
    #expect(complaint(bytes)?.hasPrefix("element \(place)") == true)
  }

  @Test func statesAreOneArray() {
    let bytes = NPY.bytes(ofStates: [Matrix<Float>([[1, 2]]), Matrix<Float>([[3, 4]])])
    #expect(String(decoding: bytes, as: UTF8.self).contains("'shape': (2, 1, 2), }"))
    #expect(complaint(bytes)?.contains("3 dimensions") == true)
  }

  /// Integers that `Float` cannot represent are refused in a matrix, and kept in a table.
  @Test(
    arguments: [
      ("<i8", 20_230_101), ("<i4", 16_777_217), ("<u8", Int64.max), ("<i8", Int64.min + 1),
    ] as [(String, Int64)])
  func integersAreExactOrRefused(type: String, value: Int64) throws {
    let size = type.hasSuffix("8") ? 8 : 4
    var data = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    data += [UInt8](repeating: 0, count: size)
    let bytes = Self.file(Self.header(type: "'\(type)'", shape: "(2,)"), dataBytes: 0) + data
    #expect(complaint(bytes)?.contains("element [0, 0]: \(value) has more digits") == true)
    let table = try Table(npy: bytes)
    #expect(table.columns[0].bounds?.greatest == "\(max(value, 0))")
    #expect(table.columns[0].bounds?.least == "\(min(value, 0))")
  }

  /// An array is written with the element type and the shape of rows that it was read with, also by way of
  /// the coordinates.
  @Test(
    arguments: [
      ("|b1", [0, 1]), ("|i1", [-128, 127]), ("|u1", [0, 255]), ("<i2", [-32768, 32767]),
      ("<u2", [0, 65535]), ("<i4", [-2_147_483_648, 2_147_483_647]), ("<u4", [0, 4_294_967_295]),
      ("<i8", [.min, .max]), ("<u8", [0, .max]), ("<f4", [0, 3]), ("<f8", [-7, 1 << 40]),
    ] as [(String, [Int64])], ["(6,)", "(6, 2)", "(6, 2, 2)"])
  func arraysComeBack(array: (type: String, ends: [Int64]), shape: String) throws {
    let element = try #require(NPYElement(rawValue: array.type))
    let columns = shape.hasSuffix("2, 2)") ? 4 : shape.hasSuffix("2)") ? 2 : 1
    var bytes = NPY.start(type: array.type, shape: shape)
    for index in 0..<6 * columns {
      #expect(
        element.append(Int128(array.ends[(index / columns + index % columns) % 2]), to: &bytes))
    }
    var options = TableOptions()
    options.flattensRows = true
    let table = try Table(npy: bytes, options: options)
    #expect(try NPY.bytes(of: table) == bytes)
    let encoding = try TableEncoding(table)
    let rows = try encoding.encode(table, random: RandomStream(seed: 1))
    #expect(try NPY.bytes(of: encoding.decode(rows)) == bytes)
  }

  /// NaN is a missing cell of a table, and infinities are an error.
  @Test func missingCellsAreNaN() throws {
    var bytes = NPY.start(type: "<f8", shape: "(3, 1)")
    for number in [1.5, .nan, 2.5] { #expect(NPYElement.float64.append(number, to: &bytes)) }
    let table = try Table(npy: bytes)
    #expect(table.columns[0].cells == .numbers([1.5, .nan, 2.5]))
    #expect(complaint(try NPY.bytes(of: table))?.contains("not a finite number") == true)
    bytes = NPY.start(type: "<f8", shape: "(2, 1)")
    for number in [1.5, .infinity] { #expect(NPYElement.float64.append(number, to: &bytes)) }
    let error = #expect(throws: TableError.self) { try Table(npy: bytes) }
    #expect(error?.description.contains("element [1, 0]: it is inf") == true)
  }

  /// A number that stands for a missing cell is written again, also in types without NaN.
  @Test func missingNumbersComeBack() throws {
    var bytes = NPY.start(type: "<i2", shape: "(3, 1)")
    for number in [5, -999, 7] as [Int128] { #expect(NPYElement.int16.append(number, to: &bytes)) }
    var options = TableOptions()
    options.missing = ["-999.0", "4"]
    var reader = ArrayReader(options)
    let table = try reader.table(bytes)
    #expect(table.columns[0].cells == .numbers([5, .nan, 7]))
    #expect(try NPY.bytes(of: table) == bytes)
    #expect(reader.notes == [.unusedMissing("4", column: nil)])
  }

  /// Tables from CSV become arrays of the smallest type that keeps their numbers as written.
  @Test(
    arguments: [
      ("a,b\n1,2.5\n3,\n", "<f4"), ("a,b\n1,0.123456789\n3,5\n", "<f8"),
      ("a,b\n20230101,1\n20230102,2\n", "<f8"), ("a,b\n9007199254740993,1\n5,2\n", "<i8"),
      ("a,b\n9007199254740993,1\n,2\n", nil), ("a,b\n9007199254740993,1.5\n2,2\n", nil),
      ("a,b\n1,x\n2,y\n", nil),
    ] as [(String, String?)])
  func textsBecomeArrays(text: String, type: String?) throws {
    let table = try Table(csv: Array(text.utf8))
    guard let type else {
      #expect(throws: TableError.self) { try NPY.bytes(of: table) }
      return
    }
    let bytes = try NPY.bytes(of: table)
    #expect(bytes.starts(with: NPY.start(type: type, shape: "(2, 2)").prefix(40)))
    let again = try Table(npy: bytes)
    for (column, other) in zip(table.columns, again.columns) {
      for row in 0..<2 where !column.isMissing(row) {
        #expect(
          Column("", column.cells).cell(row) == Column("", other.cells).cell(row) || type == "<f4")
      }
    }
  }
}
