import Foundation
import LinearAlgebra
import Tables
import TestSupport
import Testing

/// Reading and writing CSV, and the errors for text that cannot be read.
@Suite struct CSVTests {
  private func table(_ text: String) throws -> NumericTable {
    try CSV.table(parsing: Array(text.utf8))
  }

  @Test(arguments: [
    "1,2.5\n-3,4e2\n", "1,2.5\n-3,4e2", "1,2.5\r\n-3,4e2\r\n", "1,2.5\r-3,4e2\r",
    "1,2.5\n-3,4e2\n\n\n", "\u{feff}1,2.5\n-3,4e2\n", " 1 ,\t2.5\n-3 , 4e2 \n",
    "\"1\",\"2.5\"\n\"-3\" , \"4e2\" \n",
    "+1,2.50\n-3.,0.4E+3\n", "1,2.5\r\n-3,4e2\n\r\n",
  ])
  func numbersAreReadInEveryGuise(text: String) throws {
    let expected = NumericTable(values: Matrix<Float>([[1, 2.5], [-3, 400]]))
    #expect(try table(text) == expected)
  }

  @Test(arguments: [
    ("x,y\n1,2\n", ["x", "y"]), ("\"x\", y \r\n1,2\r\n", ["x", "y"]),
    ("\"a, \"\"b\"\"\",c\n1,2\n", ["a, \"b\"", "c"]),
    ("\"two\nlines\",ü\n1,2\n", ["two\nlines", "ü"]),
    (",y\n1,2\n", ["", "y"]), ("\u{feff}x,1e\n1,2", ["x", "1e"]),
  ])
  func firstLineMayHaveNames(text: String, names: [String]) throws {
    #expect(try table(text) == NumericTable(names: names, values: Matrix<Float>([[1, 2]])))
  }

  @Test func oneColumnIsATable() throws {
    #expect(try table("x\n1\n2\n").values == Matrix<Float>([[1], [2]]))
    #expect(try table("5").values == Matrix<Float>([[5]]))
  }

  /// Errors name the line and the column.
  @Test(arguments: [
    ("", "it is empty"), ("\n\n", "it is empty"), ("\u{feff}", "it is empty"),
    ("x,y\n", "column names but no rows"), ("x,y", "column names but no rows"),
    ("1,2\n3\n", "line 2: it has 1 cell, but the first line has 2"),
    ("1,2\n3,4,5\n", "line 2: it has 3 cells, but the first line has 2"),
    ("x,y\n1,2\n3,4,\n", "line 3: it has 3 cells"),
    ("1,2\n3,b\n", "line 2, column 2: \"b\" is not a number"),
    ("1,b\n3,4\n", "line 1, column 2: \"b\" is not a number"),
    ("1,2\n3,\n", "line 2, column 2: it is empty"), ("1,2\n,4\n", "line 2, column 1: it is empty"),
    (",\n1,2\n", "line 1, column 1: it is empty"), ("1,\"\"\n", "line 1, column 2: it is empty"),
    ("1,2\nnan,4\n", "line 2, column 1: \"nan\" is not a finite number"),
    ("NaN,2\n", "line 1, column 1: \"NaN\" is not a finite number"),
    ("1,-Infinity\n", "line 1, column 2: \"-Infinity\" is not a finite number"),
    ("1,+inf\n", "line 1, column 2: \"+inf\" is not a finite number"),
    ("1,3.5e38\n", "line 1, column 2: \"3.5e38\" is beyond the range"),
    ("1,-1e999\n", "line 1, column 2: \"-1e999\" is beyond the range"),
    ("1,2\n\n3,4\n", "line 2: it is empty; remove it"), ("\n1,2\n", "line 1: it is empty"),
    ("1,2\n\"3,4\n", "line 2, column 1: unterminated quoted field"),
    ("1,2\n3,\"4\"5\n", "line 2, column 2: text follows the closing quotation mark"),
    ("x\n1;2\n", "it looks separated by semicolons"),
    ("x\n1\t2\n", "it looks separated by tabs"),
    ("1,2\n3;4\n", "it looks separated by semicolons"),
    ("1,16777217\n", "line 1, column 2: \"16777217\" has more digits than a 32-bit float keeps"),
    ("20230101,1\n", "line 1, column 1: \"20230101\" has more digits"),
    ("1,0x1p3\n", "\"0x1p3\" is not a number"), ("1,1_000\n", "\"1_000\" is not a number"),
    ("1,--2\n", "\"--2\" is not a number"), ("1,.\n", "\".\" is not a number"),
    ("1,1 2\n", "\"1 2\" is not a number"), ("1,\u{0}\n", "line 1: it has a null byte"),
    ("PK\u{3}\u{4}", "a spreadsheet"),
    ("\"a\nb\",c\n1,2\n1,x\n", "line 4, column 2: \"x\" is not a number"),
  ])
  func complaintsNameThePlace(text: String, complaint: String) {
    let error = #expect(throws: TableError.self) { try table(text) }
    let message = error?.description ?? ""
    #expect(message.contains(complaint), "\(message)")
    #expect(!message.utf8.contains(0x0a))
  }

  @Test func otherEncodingsAreRefused() {
    for (bytes, complaint) in [
      ([0xff, 0xfe, 0x31, 0], "UTF-16"), ([0xfe, 0xff, 0, 0x31], "UTF-16"),
      ([0xfc, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0x32], "line 1, column 1: the name is not UTF-8"),
      ([0x31, 0x2c, 0xfc], "line 1, column 2"),
      (NPY.bytes(of: Matrix<Float>([[1]])), "an NPY file"),
    ] as [([UInt8], String)] {
      let error = #expect(throws: TableError.self) { try CSV.table(parsing: bytes) }
      #expect(error?.description.contains(complaint) == true, "\(error as Any)")
    }
  }

  /// Numbers are rounded as `strtof` of the C library rounds them, which is correct.
  @Test func numbersAreRoundedToTheNearest() throws {
    var random = SplitMix(state: 1)
    var texts = [
      "16777217.0", "16777218", "2.0230101e7", "1.000000059604644775390625", "1.00000005960464478",
      "1e-45", "7e-46",
    ]
    texts += ["3.4028235e38", "-0", "0.1", "1e-400", "123456789012345678901234567890.0"]
    for _ in 0..<2000 {
      let digits = (0..<random.below(20) + 1).map { _ in "\(random.below(10))" }.joined()
      texts.append("\(random.below(10)).\(digits)e\(random.below(80) - 45)")
    }
    for text in texts {
      let expected = unsafe strtof(text, nil)
      guard expected.isFinite else { continue }
      #expect(try table(text).values[0, 0].bitPattern == expected.bitPattern, "\(text)")
    }
  }

  @Test func writtenTablesAreReadBack() throws {
    var random = SplitMix(state: 2)
    var values = Matrix<Float>(rows: 300, columns: 3)
    for row in 0..<300 {
      for column in 0..<3 {
        // All bits of a finite number.
        var bits: UInt32
        repeat { bits = UInt32(random.below(1 << 32)) } while bits & 0x7f80_0000 == 0x7f80_0000
        values[row, column] = Float(bitPattern: bits)
      }
    }
    let names = ["\u{feff}a,\"b\"\n", " ü\t", ""]
    for names in [names, ["PK\u{3}\u{4}", "a", "b"], nil] {
      let read = try CSV.table(parsing: CSV.bytes(of: values, names: names))
      #expect(read == NumericTable(names: names ?? ["x0", "x1", "x2"], values: values))
    }
    #expect(
      String(decoding: CSV.bytes(of: Matrix<Float>([[1, -0.5]])), as: UTF8.self)
        == "x0,x1\n1.0,-0.5\n")
  }

  @Test func filesAreReadByTheEndOfTheirNames() throws {
    for name in ["a.csv", "a.CSV", "a.npy", "a.NPY"] {
      try TemporaryFile.with(name) { path in
        let values = Matrix<Float>([[1, 2], [3, 4]])
        let bytes =
          name.lowercased().hasSuffix("csv") ? CSV.bytes(of: values) : NPY.bytes(of: values)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        #expect(try NumericTable(path: path).values == values)
        let error = #expect(throws: TableError.self) { try NumericTable(path: path, sizeLimit: 4) }
        #expect(error?.description.contains("the limit is 4") == true)
        try Data("x".utf8).write(to: URL(fileURLWithPath: path))
        let other = #expect(throws: TableError.self) { try NumericTable(path: path) }
        #expect(other?.description.hasPrefix("\(path): ") == true)
      }
    }
    for (path, complaint) in [
      ("/nowhere/a.csv", "cannot be opened"), ("a.txt", ".csv and .npy"), ("", ".csv and .npy"),
      ("a.gz", ".csv and .npy"), ("a.csv.bz2", ".csv and .npy"),
    ] {
      let error = #expect(throws: TableError.self) { try NumericTable(path: path) }
      #expect(error?.description.contains(complaint) == true)
    }
  }
}
