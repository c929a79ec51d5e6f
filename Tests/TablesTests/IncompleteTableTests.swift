import LinearAlgebra
import Tables
import Testing

/// Filling the holes of files, whose other cells do not change.
@Suite struct IncompleteTableTests {
  private static let learned = """
    age,plan,spend,size
    31,basic,10.50,S
    22,"plus, yearly",0.25,M
    44,basic,7.25,
    50,premium,11.00,S
    36,basic,2.00,L

    """

  private func encoding(_ conditions: [String] = []) throws -> TableEncoding {
    try TableEncoding(Table(csv: Array(Self.learned.utf8)), conditions: conditions)
  }

  /// Returns the table in `text`, or throws the error of its first bad row.
  private func incomplete(
    _ text: String, _ conditions: [String] = [], options: TableOptions = TableOptions()
  ) throws -> IncompleteTable {
    let table = try IncompleteTable(
      csv: Array(text.utf8), encoding(conditions), options: options,
      random: RandomStream(seed: 1))
    if let error = table.skippedRows.first { throw error }
    return table
  }

  /// Returns draws that decode to `rows`, which have the cells of `age`, `plan`, `spend` and `size`.
  private func draws(_ table: IncompleteTable, _ rows: [String]) throws -> Matrix<Float> {
    let text = "age,plan,spend,size\n" + rows.joined(separator: "\n") + "\n"
    return try IncompleteTable(
      csv: Array(text.utf8), table.rows.encoding, random: RandomStream(seed: 2)
    ).rows.coordinates
  }

  private func filled(_ text: String, _ rows: [String]) throws -> String {
    let table = try incomplete(text)
    return String(decoding: table.filled(try draws(table, rows)), as: UTF8.self)
  }

  /// A constant column has no coordinate, even if it is the last one; its holes get the constant.
  @Test func holesOfConstantColumnsAreFilled() throws {
    let encoding = try TableEncoding(Table(csv: Array("a,b\n1,7\n2,7\n".utf8)))
    let table = try IncompleteTable(
      csv: Array("a,b\n2,\n1,7\n".utf8), encoding, random: RandomStream(seed: 1))
    let draws = Matrix<Float>(rows: 1, columns: 1) { _, _ in 0 }
    #expect(String(decoding: table.filled(draws), as: UTF8.self) == "a,b\n2,7\n1,7\n")
  }

  /// Names can be numbers if the options declare a header.
  @Test func namesMayBeNumbers() throws {
    let text = Array("2023,2024\n1,7\n,8\n".utf8)
    var options = TableOptions()
    options.hasHeader = true
    let encoding = try TableEncoding(Table(csv: text, options: options))
    let table = try IncompleteTable(
      csv: text, encoding, options: options, random: RandomStream(seed: 1))
    #expect(table.rows.missingCells.count == 1 && table.rows.incompleteRows == [1])
  }

  /// See `TableReadingTests.veryLongTextsAreRefused`.
  @Test func veryLongTextsAreRefused() throws {
    let long = "e" + String(repeating: "\u{301}\u{323}", count: 20_000)
    let error = #expect(throws: TableError.self) {
      try incomplete("age,plan,spend,size\n1,\(long),2,S\n")
    }
    #expect(error?.description.contains("is not a category") == true)
  }

  /// Unchanged: other columns, their order, quotation marks, blanks, CR LF, a byte order mark, and digits
  /// beyond those of a `Float`.
  @Test func onlyHolesChange() throws {
    let lines = [
      "\u{FEFF}\"spend\", id ,size,plan,age",
      #" 1.234567890123456789 ,7,"S",  "plus, yearly",031"#,
      #","a ""b""\#u{22},M, ,"#,
      #"NA,9,L,basic,"22\#u{22}"#,
    ]
    let table = try incomplete(lines.joined(separator: "\r\n"))
    #expect(table.rows.missingCells.count == 4 && table.rows.incompleteRows == [1, 2])
    let result = try filled(
      lines.joined(separator: "\r\n"), ["44,\"plus, yearly\",7.5,S", "31,basic,11,S"])
    let expected = [
      lines[0], lines[1], #"7.50,"a ""b""\#u{22},M, "plus, yearly",44"#,
      #"11.00,9,L,basic,"22\#u{22}"#,
    ]
    #expect(result == expected.joined(separator: "\r\n"))
  }

  /// A hole in quotation marks is replaced including the quotation marks.
  @Test func quotedHolesAreReplacedWhole() throws {
    #expect(
      try filled("age,plan,spend,size\n\"\",basic,\"NA\",\"\"\n", ["22,basic,7.25,M"])
        == "age,plan,spend,size\n22,basic,7.25,M\n")
    // In quotation marks, a missing word is a category.
    #expect(throws: TableError.self) {
      try incomplete("age,plan,spend,size\n22,\"NA\",1,S\n")
    }
  }

  /// Numbers become the mean of the draws in the column's digits, and categories the most frequent one.
  @Test func drawsAreAveraged() throws {
    #expect(
      try filled(
        "age,plan,spend,size\n,,,\n",
        ["22,basic,2,S", "31,premium,7.25,M", "44,premium,11,M"])
        == "age,plan,spend,size\n32,premium,6.75,M\n")
  }

  @Test func whatIsNotMissingIsKnown() throws {
    let table = try incomplete("age,plan,spend,size\n22,,7.25,\n31,basic,2,S\n")
    let encoding = try encoding()
    #expect(table.rows.coordinates.isFinite)
    for (column, range) in zip(encoding.columns, encoding.ranges) {
      let isHole = ["plan", "size"].contains(column.name)
      // The indicator of a missing cell is known, since the filled cell is present.
      let indicator = column.hasMissing ? 1 : 0
      for index in range.dropLast(indicator) {
        #expect(table.rows.known[0, index] == (isHole ? 0 : 1), "\(column.name)")
      }
      for index in range { #expect(table.rows.known[1, index] == 1) }
      if indicator == 1 { #expect(table.rows.known[0, range.upperBound - 1] == 1) }
    }
    #expect(encoding.decode(table.rows.coordinates).column("age")?.cells == .numbers([22, 31]))
    #expect(encoding.decode(table.rows.coordinates).column("size")?.missingCount == 0)
  }

  @Test func aWholeFileComesBack() throws {
    let text = "age,plan,spend,size\n22,basic,7.25,S\n"
    let table = try incomplete(text)
    #expect(table.rows.missingCells.count == 0)
    #expect(table.filled(Matrix<Float>(rows: 0, columns: 0)) == Array(text.utf8))
  }

  /// A model does not fill in a condition, which may be missing only if it was in some training rows.
  @Test func conditionsAreNoHoles() throws {
    let text = "age,plan,spend,size\n,basic,7.25,\n"
    #expect(try incomplete(text, ["size"]).rows.missingCells.count == 1)
    let error = #expect(throws: TableError.self) {
      try incomplete("age,plan,spend,size\n22,,7.25,S\n", ["plan"])
    }
    #expect(
      "\(error, default: "")".hasPrefix("line 2, column 2 (plan): the condition is missing"))
  }

  @Test(arguments: [
    ("", "it is empty"),
    ("age,plan,spend,size\n", "column names but no rows"),
    ("age,plan,size\n22,basic,S\n", "column \"spend\" of the model is missing"),
    ("age,plan,spend,size,age\n22,basic,1,S,3\n", "two columns have the name \"age\""),
    ("age,plan,spend,size\n22,basic,1\n", "line 2: it has 3 cells"),
    ("age,plan,spend,size\nx,basic,1,S\n", "line 2, column 1 (age): \"x\" is not a number"),
    ("age,plan,spend,size\n1e99,basic,1,S\n", "line 2, column 1 (age): \"1e99\""),
    (
      "age,plan,spend,size\n1,gold,1,S\n",
      "line 2, column 2 (plan): \"gold\" is not a category"
    ),
    ("age,plan,spend,size\n1,\"basic,1,S\n", "line 2, column 2"),
  ])
  func wrongFilesAreRefused(text: String, reason: String) {
    let error = #expect(throws: TableError.self) { try incomplete(text) }
    let told = error.map { "\($0)" } ?? ""
    #expect(told.contains(reason), "\(told)")
  }

  @Test func otherWordsCanStandForMissing() throws {
    var options = TableOptions()
    options.missing = ["-"]
    #expect(
      try incomplete("age,plan,spend,size\n-,-,-,-\n", options: options).rows.missingCells.count
        == 4)
  }

  /// A row that cannot be encoded stays as it is while others are filled in.
  @Test func badRowsAreNamedAndLeft() throws {
    let lines = [
      "age,plan,spend,size", "22,gold,,S", ",basic,7.25,S", "x,basic,,S", "31,,,S", "44,basic,2,M",
    ]
    let text = lines.joined(separator: "\n") + "\n"
    let table = try IncompleteTable(
      csv: Array(text.utf8), encoding(["plan"]), random: RandomStream(seed: 1))
    #expect(
      table.skippedRows.first?.description.hasPrefix(
        "line 2, column 2 (plan): \"gold\" is not a category") == true)
    #expect(table.skippedRows.count == 3)
    #expect(table.rows.missingCells.count == 1 && table.rows.incompleteRows == [0])
    let draws = try IncompleteTable(
      csv: Array("age,plan,spend,size\n36,basic,7.25,S\n".utf8), encoding(["plan"]),
      random: RandomStream(seed: 1)
    ).rows.coordinates
    let expected = text.replacing("\n,basic,7.25", with: "\n36,basic,7.25")
    #expect(String(decoding: table.filled(draws), as: UTF8.self) == expected)
  }

  /// If all rows are bad, the file stays as it is.
  @Test func allRowsMayBeBad() throws {
    let text = Array("age,plan,spend,size\n22,gold,,S\n".utf8)
    let table = try IncompleteTable(
      csv: text, encoding(), random: RandomStream(seed: 1))
    #expect(table.rows.missingCells.count == 0 && table.rows.coordinates.rows == 0)
    #expect(table.filled(Matrix<Float>(rows: 0, columns: table.rows.encoding.width)) == text)
  }
}
