import Testing

@testable import Tables

/// Detecting the separator of cells, and whether the first line has names.
@Suite struct CSVLayoutTests {
  private func layout(_ text: String) throws -> CSVLayout {
    try CSVLayout(Array(text.utf8), TableOptions())
  }

  @Test(
    arguments: [
      ("a,b\n1,2\n", ","), ("a;b\n1;2\n", ";"), ("a\tb\n1\t2\n", "\t"), ("a|b\n1|2\n", "|"),
      ("a;b\n0,5;1,5\n", ";"), ("0,5;1,5\n2,5;3,5\n", ";"), ("a,b\nx;y,1\nz;w,2\n", ","),
      ("x;y,1\nz;w,2\n", ","), ("a\n1\n2\n", ","), ("a;b\n1;2;3\n", ","), ("\"a;b\"\n1\n", ","),
      ("a;b\n\"x;y\";2\n", ";"), ("a|b;c\n1|2;3\n", ";"), ("", ","), ("a;b\n\"1;2\n", ","),
    ] as [(String, Unicode.Scalar)])
  func separatorsAreSeen(text: String, separator: Unicode.Scalar) throws {
    #expect(try layout(text).separator == UInt8(ascii: separator))
  }

  /// Written files keep the separator, and quote texts that contain it.
  @Test(arguments: [";", "\t", "|", "^"] as [Character])
  func separatorsAreKept(separator: Character) throws {
    let text = "a,b,c\n1,x,2\n3,\"y,z\",4\n5,,6\n".replacing(",", with: "\(separator)")
    var options = TableOptions()
    options.separator = separator == "^" ? "^" : nil
    let table = try Table(csv: Array(text.utf8), options: options)
    #expect(table.columns.map(\.kind) == [.numeric, .categorical, .numeric])
    #expect(String(decoding: CSV.bytes(of: table), as: UTF8.self) == text)
  }

  @Test(
    arguments: [
      ("a,b\n1,2\n", true, []), ("1,2\n3,4\n", false, []),
      ("a,2019\nx,1\ny,2\n", false, [.firstLineIsRow]),
      ("country,2019,2020\nde,1,2\nfr,3,4\n", false, [.firstLineIsRow]),
      ("id,2019\n1,5\n2,7\n3,8\n", true, [.firstLineIsNames]),
      ("0,1,2\n5,6,7\n8,9,10\n", false, [.firstLineIsRow]),
      ("anna,34,170\nbert,25,180\n", false, []),
      ("x,1\ny,2\nx,3\n", false, []), ("5,6\n7,8\n", false, []), ("1,x\n2,y\n", false, []),
      (",a\n1,2\n", true, []),
      (",\n1,2\n", false, []), ("$5,x\n$6,y\n", false, []), ("a,b%\n1,2\n", true, []),
      ("2019,2020\n5,6\n", false, [.firstLineIsRow]),
    ] as [(String, Bool, [TableNote])])
  func namesAreSeen(text: String, hasNames: Bool, notes: [TableNote]) throws {
    let layout = try layout(text)
    #expect(layout.hasNames == hasNames)
    #expect(layout.notes == notes)
  }

  @Test(arguments: [".", "\"", "a", "5", " ", "é", "-", "\n"] as [Character])
  func othersCannotSeparate(separator: Character) {
    var options = TableOptions()
    options.separator = separator
    let error = #expect(throws: TableError.self) {
      try CSVLayout(Array("a,b\n1,2\n".utf8), options)
    }
    #expect(error?.description.contains("cannot separate cells") == true)
  }

  /// A requested separator that no line has would make one column of the whole file.
  @Test(
    arguments: [
      ("a,b\n1,2\n", ";", "commas"), ("a;b\n1;2\n", ",", "semicolons"),
      ("a\tb\n1\t2\n", "|", "tabs"),
      ("a\n1\n", ";", nil), ("\"a,b\"\n1\n", ";", nil), ("a,b\n1\n", ";", nil),
      ("a;b,c\n1;2\n", ";", nil),
    ] as [(String, Character, String?)])
  func absentSeparatorsAreRefused(text: String, separator: Character, other: String?) throws {
    var options = TableOptions()
    options.separator = separator
    do {
      #expect(try CSVLayout(Array(text.utf8), options).separator == separator.asciiValue)
      #expect(other == nil)
    } catch {
      #expect("\(error)".contains("look separated by \(other ?? "nothing"); request these"))
    }
  }

  /// The first bytes identify files of other programs; column names may begin with the same letters.
  @Test(
    arguments: [
      (Array("BZh91AY&SY".utf8), "bzip2"), ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], "xz"),
      ([0x28, 0xb5, 0x2f, 0xfd, 0], "zstd"), ([4, 0x22, 0x4d, 0x18], "lz4"),
      (Array("PAR1".utf8) + [0x15], "Parquet"), (Array("ARROW1".utf8) + [0, 0], "Arrow"),
      ([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], "HDF5"),
      ([0x50, 0x4b, 3, 4], "spreadsheet"),
    ] as [([UInt8], String)])
  func otherFilesAreNamed(bytes: [UInt8], name: String) throws {
    let error = #expect(throws: TableError.self) { try CSVLayout(bytes, TableOptions()) }
    #expect(error?.description.contains(name) == true)
    for name in ["PAR1", "ARROW1", "BZh"] {
      #expect(try Table(csv: Array("\(name),b\n1,2\n3,4\n".utf8)).columns[0].name == name)
    }
  }
}
