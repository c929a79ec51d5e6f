import Foundation
import LinearAlgebra
import TestSupport
import Testing

@testable import Tables

/// Reading files of numbers and categories.
@Suite struct TableReadingTests {
  private func table(_ text: String, _ change: (inout TableOptions) -> Void = { _ in }) throws
    -> Table
  {
    var options = TableOptions()
    change(&options)
    return try Table(csv: Array(text.utf8), options: options)
  }

  @Test func findsNumbersAndCategories() throws {
    let table = try table("age,plan,score\n31,basic,0.50\n,\"plus, yearly\",1.25\n44,NA,2.00\n")
    #expect(table.rowCount == 3)
    #expect(table.columns.map(\.name) == ["age", "plan", "score"])
    #expect(table.columns.map(\.kind) == [.numeric, .categorical, .numeric])
    #expect(table.columns.map(\.missingCount) == [1, 1, 0])
    #expect(
      table.columns[1].cells == .categories([0, 1, -1], names: ["basic", "plus, yearly"]))
    #expect(table.columns[0].style == CellStyle(decimals: 0))
    #expect(table.columns[1].style.missing == "NA")
    #expect(table.columns[2].style == CellStyle(decimals: 2, isPadded: true))
  }

  @Test(arguments: ["a,b\r\n1,x\r\n2,y\r\n", "\u{feff}a,b\n1,x\n2,y", "a,b\r1,x\r2,y\r\r"])
  func linesEndInAnyWay(_ text: String) throws {
    let table = try table(text)
    #expect(table.columns[0].cells == .numbers([1, 2]))
    #expect(table.columns[1].cells == .categories([0, 1], names: ["x", "y"]))
  }

  /// Integers come back as the file has them, also by way of the coordinates.
  @Test(arguments: [
    ["00501", "10001", "00007", "90210"],
    ["1700000000000000000", "1700000000000002048", "1700000000000004096", "-1700000000000000000"],
    ["100000000000000000000", "340282346638528859811704183484516925440", "0", "7"],
    ["7", "12", "3", "4"], ["9007199254740992", "3", "1", "2"],
  ])
  func integersComeBackAsWritten(cells: [String]) throws {
    let text = "a\n" + cells.map { "\($0)\n" }.joined()
    let table = try table(text)
    #expect(String(decoding: CSV.bytes(of: table), as: UTF8.self) == text)
    let encoding = try TableEncoding(table)
    let rows = try encoding.encode(table, random: RandomStream(seed: 1))
    #expect(String(decoding: CSV.bytes(of: encoding.decode(rows)), as: UTF8.self) == text)
  }

  /// Integers of one length, some with leading zeros, are codes; all other numbers are quantities.
  @Test(
    arguments: [
      ("00501", "10001", 5), ("01", "10", 2), ("501", "10001", nil), ("007", "0012", nil),
      ("-01", "010", nil), ("01.5", "10.5", nil), ("0", "1", nil), ("10", "11", nil),
    ] as [(String, String, Int?)])
  func codesKeepTheirZeros(first: String, second: String, digits: Int?) throws {
    let column = try table("a\n\(first)\n\(second)\n").columns[0]
    #expect(column.kind == .numeric && column.style.digits == digits)
  }

  /// A written file is not mistaken for one with other separators.
  @Test(arguments: ["\"a;b\"\n1\n2\n", "\"x\ty\"\n\"p;q\"\n\"r\"\n", "\"u;v\"\n\"w\"\nx\n"])
  func separatorsWithinTextsComeBack(text: String) throws {
    let table = try table(text)
    let again = try Table(csv: CSV.bytes(of: table))
    #expect(again == table)
  }

  @Test func aTinyNumberBesideOthersIsNoMistake() throws {
    let cells = try table("a\n1\n1e-60\n").columns[0].cells
    #expect(cells == .numbers([1, 1e-60]))
  }

  @Test func headerMayBeMissing() throws {
    #expect(try table("1,x\n2,y\n").columns.map(\.name) == ["x0", "x1"])
    let texts = try table("x,y\nz,w\nz,v\n") { $0.hasHeader = false }
    #expect(texts.rowCount == 3)
    let numbers = try table("2023,2024\n1,2\n3,4\n") { $0.hasHeader = true }
    #expect(numbers.columns.map(\.name) == ["2023", "2024"])
  }

  @Test func kindsCanBeAskedFor() throws {
    let text = "id,zip,x\n1,10115,1\n2,20095,2\n3,10115,3\n"
    let table = try table(text) {
      $0.categorical = ["zip"]
      $0.dropped = ["id"]
    }
    #expect(table.columns.map(\.name) == ["zip", "x"])
    #expect(table.columns[0].cells == .categories([0, 1, 0], names: ["10115", "20095"]))
  }

  @Test func wordsForMissingCanBeAdded() throws {
    let table = try table("x,y\nnan,1\n2,-999\n3,4\n") { $0.missing = ["nan", "-999"] }
    #expect(table.columns.map(\.missingCount) == [1, 1])
    #expect(table.columns.map(\.style.missing) == ["nan", "-999"])
  }

  /// A text in quotation marks is not a missing word.
  @Test func quotedWordsAreTexts() throws {
    let table = try table("x,y\n\"NA\",1\nNA,2\nDE,3\n")
    #expect(table.columns[0].cells == .categories([1, -1, 0], names: ["DE", "NA"]))
    #expect(
      String(decoding: CSV.bytes(of: table), as: UTF8.self) == "x,y\n\"NA\",1\nNA,2\nDE,3\n")
  }

  /// Errors name the problem, the line and the column.
  @Test(arguments: [
    ("", "it is empty"),
    ("a,b\n", "column names but no rows"),
    ("a,b\n1,2\n", "one row"),
    ("a,b\n1,2\n3\n", "line 3: it has 1 cell, but the first line has 2"),
    ("a,a\n1,2\n3,4\n", "line 1, column 2: column 1 has the name \"a\" already"),
    ("a,\n1,2\n3,4\n", "line 1, column 2: the name is empty"),
    ("a,b\n1,NaN\n3,4\n", "line 2, column 2 (b): \"NaN\" is not a finite number"),
    ("a,b\n1,2\n3,-inf\n", "line 3, column 2 (b): \"-inf\" is not a finite number"),
    ("a,b\n1,2\n3,1e39\n", "line 3, column 2 (b): \"1e39\" is beyond the range"),
    ("a,b\n1,2\n3,1e999\n", "line 3, column 2 (b): \"1e999\" is beyond the range"),
    (
      "a,b\n1,2e-60\n3,1e-60\n", "column b: all numbers are too small for 32-bit floats"
    ),
    ("a;b\n1;2\n3;4;5\n", "line 1: its cells look separated by semicolons"),
    ("a\tb\n1\t2\n3\t4\t5\n", "line 1: its cells look separated by tabs"),
    (
      ",a\n0,2\n1,4\n",
      "line 1, column 1: the name is empty; name all columns (pandas leaves its index unnamed"
    ),
    ("a,b\n1,\n3,\n", "column b: all cells are missing"),
    ("a,b\n1,\"2\n3,4\n", "line 2, column 2: unterminated quoted field"),
    ("a,b\n1,\"2\"x\n3,4\n", "line 2, column 2: text follows the closing quotation mark"),
    ("a,b\n1,2\n\n3,4\n", "line 3: it is empty"),
    ("a,b\n1,\u{0}\n3,4\n", "line 2: it has a null byte"),
  ])
  func malformedFilesAreRefused(text: String, reason: String) {
    let error = #expect(throws: TableError.self) { try table(text) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("\n") == false)
  }

  @Test func strayTextAmongNumbersIsNamed() {
    let lines = (0..<200).map { $0 == 120 ? "12o" : "\($0)" }
    let error = #expect(throws: TableError.self) {
      try table("x\n" + lines.joined(separator: "\n"))
    }
    #expect(error?.description.hasPrefix("line 122, column 1 (x): \"12o\" is not a number") == true)
  }

  /// An NPY file has no names and no texts, but few different numbers can be categories.
  @Test func arraysCanBeTables() throws {
    let rows = Matrix<Float>(rows: 300, columns: 2) { $1 == 0 ? Float($0 % 3) : Float($0) }
    try TemporaryFile.with("rows.npy") { path in
      try Data(NPY.bytes(of: rows)).write(to: URL(fileURLWithPath: path))
      var options = TableOptions()
      options.categorical = ["x0"]
      let table = try Table(path: path, options: options)
      #expect(table.columns.map(\.kind) == [.categorical, .numeric])
      options.categorical = ["x1"]
      let error = #expect(throws: TableError.self) { try Table(path: path, options: options) }
      #expect(error?.description.contains("column x1: it has more than 256") == true)
      options.categorical = ["x2"]
      let other = #expect(throws: TableError.self) { try Table(path: path, options: options) }
      #expect(other?.description.contains("no column \"x2\"; its columns are x0, x1") == true)
    }
  }

  @Test(arguments: [50, 51, 200])
  func manyTextsAreNoted(count: Int) throws {
    let text = "day,x\n" + (0..<400).map { "day \($0 % count),\($0)\n" }.joined()
    var survey = try TableSurvey(Array(text.utf8), TableOptions())
    _ = try survey.table()
    let note = TableNote.manyCategories(column: "day", count, example: "day 0")
    #expect(survey.notes == (count > 50 ? [note] : []))
    var options = TableOptions()
    options.categorical = ["day"]
    survey = try TableSurvey(Array(text.utf8), options)
    _ = try survey.table()
    #expect(survey.notes.isEmpty)
  }

  @Test func tooManyRequestedCategoriesAreRefused() {
    let text = "x,y\n" + (0..<400).map { "\($0),\($0)\n" }.joined()
    var options = TableOptions()
    options.categorical = ["x"]
    let error = #expect(throws: TableError.self) {
      try Table(csv: Array(text.utf8), options: options)
    }
    #expect(error?.description.contains("take it out of TableOptions.categorical") == true)
  }

  @Test func tooManyTextsAreRefused() {
    let lines = (0..<500).map { "person \($0),1" }
    let error = #expect(throws: TableError.self) {
      try table("name,x\n" + lines.joined(separator: "\n"))
    }
    #expect(error?.description.contains("leave it out (TableOptions.dropped)") == true)
  }

  @Test func veryManyColumnsAreRefused() {
    let error = #expect(throws: TableError.self) {
      try table(String(repeating: "1,", count: 1_000_000) + "1\n")
    }
    #expect(error?.description.contains("line 1: it has more than 4096 cells") == true)
  }

  /// Swift compares such strings in time that grows with the square of their length.
  @Test(arguments: ["M,x\n1,2\n3,4\n", "a,b\nM,x\nN,y\n"])
  func veryLongTextsAreRefused(text: String) {
    let marks = String(repeating: "\u{301}\u{323}", count: 20_000)
    let long = Array(text.replacingOccurrences(of: "M", with: "e" + marks).utf8)
    for hasHeader in [nil, true] {
      var options = TableOptions()
      options.hasHeader = hasHeader
      let error = #expect(throws: TableError.self) { try Table(csv: long, options: options) }
      #expect(error?.description.contains("more than 1000 bytes") == true)
    }
    if text.hasPrefix("M") { #expect(throws: TableError.self) { try CSV.table(parsing: long) } }
  }

  @Test func columnsThatAreNotThereAreNamed() {
    let error = #expect(throws: TableError.self) {
      try table("a,b\n1,2\n3,4\n") { $0.dropped = ["c"] }
    }
    #expect(error?.description.contains("no column \"c\"; its columns are a, b") == true)
  }

  @Test func textThatIsNoUTF8IsRefused() {
    let bytes: [UInt8] = Array("a,b\n1,x\n2,".utf8) + [0xff, 0xfe, 0x0a]
    let error = #expect(throws: TableError.self) { try Table(csv: bytes) }
    #expect(error?.description.hasPrefix("line 3, column 2 (b): its text is not UTF-8") == true)
  }
}
