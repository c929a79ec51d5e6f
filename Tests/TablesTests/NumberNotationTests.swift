import LinearAlgebra
import Testing

@testable import Tables

/// Numbers with thousands separators, decimal commas, percent signs and currency signs.
@Suite struct NumberNotationTests {
  private func survey(_ text: String, _ change: (inout TableOptions) -> Void = { _ in }) throws
    -> (table: Table, notes: [TableNote])
  {
    var options = TableOptions()
    change(&options)
    var survey = try TableSurvey(Array(text.utf8), options)
    return (try survey.table(), survey.notes)
  }

  private static let columns: [(cells: [String], numbers: [Double])] = [
    (["5%", "12.5%", "-3%"], [5, 12.5, -3]), (["5 %", "7 %", "9 %"], [5, 7, 9]),
    (["$3.50", "$12.00", "-$1.25"], [3.5, 12, -1.25]),
    (["$3.50", "$-12.00", "$1.25"], [3.5, -12, 1.25]),
    (["€ 3,50", "€ 12,00", "€ 1.234,56"], [3.5, 12, 1234.56]),
    (["3,50 €", "12,00 €", "7,25 €"], [3.5, 12, 7.25]),
    (["US$1,000", "US$20", "US$3,000,000"], [1000, 20, 3_000_000]),
    (["1,234", "12,345", "999"], [1234, 12_345, 999]),
    (["1,234.5", "2.5", "3.0"], [1234.5, 2.5, 3]),
    (["0,5", "1,25", "3"], [0.5, 1.25, 3]), (["0,500", "1,250", "3,125"], [0.5, 1.25, 3.125]),
    (["1.234,5", "0,5", "7,0"], [1234.5, 0.5, 7]),
    (["1.234.567", "1.000", "12"], [1_234_567, 1000, 12]),
    (["1 234,5", "0,5", "7,0"], [1234.5, 0.5, 7]), (["1\u{a0}234", "5", "7"], [1234, 5, 7]),
    (["1'234.50", "5.00", "7.00"], [1234.5, 5, 7]), (["-1,234", "1,000", "0"], [-1234, 1000, 0]),
    (["12,345,678,901,234,567,890", "1", "2"], [1.2345678901234567e19, 1, 2]),
  ]

  /// A notation is detected, noted, and kept in written files.
  @Test(arguments: columns)
  func areFoundAndPutBack(cells: [String], numbers: [Double]) throws {
    let text = "a,b\n" + cells.map { "\"\($0)\",1\n" }.joined()
    let (table, notes) = try survey(text)
    let column = table.columns[0].rounded()
    #expect(column.kind == .numeric)
    #expect(column.cells == .numbers(numbers))
    #expect(notes.count == 1)
    if case .notation(let name, _, let example)? = notes.first {
      #expect(name == "a" && cells.contains(example))
    } else {
      Issue.record("\(notes)")
    }
    let encoding = try TableEncoding(table)
    let decoded = encoding.decode(try encoding.encode(table, random: RandomStream(seed: 1)))
    for written in [table, decoded] {
      let again = try Table(csv: CSV.bytes(of: written))
      #expect(again == table)
      let lines = String(decoding: CSV.bytes(of: written), as: UTF8.self).split(separator: "\n")
      for (line, cell) in zip(lines.dropFirst(), cells) {
        let isPadded = table.columns[0].style.isPadded
        // Trailing zeros are not kept if the numbers have different numbers of decimals.
        if isPadded || !cell.contains("0") {
          #expect(line == (cell.contains(",") ? "\"\(cell)\",1" : "\(cell),1"))
        }
      }
    }
  }

  /// Texts that only look like numbers stay texts.
  @Test(arguments: [
    ["1,2", "1,2,3", "2,3"], ["5%", "5", "6%"], ["$5", "€5", "$6"], ["1.2.3", "1.2.4", "1.3.0"],
    ["2023-01-02", "2023-01-03", "2024-01-02"], ["12:30", "13:45", "1:00"],
    ["079 123 45 67", "079 765 43 21", "078 1"], ["5 kg", "6 kg", "7 kg"], ["%", "5%", "6%"],
    ["1,234x", "1,234", "2,345"], ["0,123,456", "1,234", "2,345"], ["-", "$5", "$6"],
  ])
  func otherTextsStay(cells: [String]) throws {
    let (table, notes) = try survey("a,b\n" + cells.map { "\"\($0)\",1\n" }.joined())
    #expect(table.columns[0].kind == .categorical)
    #expect(notes.isEmpty)
  }

  /// Unless the options decide, a comma before three digits separates thousands if commas separate cells, and
  /// decimals if semicolons do.
  @Test func ambiguousCommasCanBeDecided() throws {
    let text = "a,b\n\"1,234\",1\n\"5,678\",2\n"
    #expect(try survey(text).table.columns[0].cells == .numbers([1234, 5678]))
    #expect(
      try survey(text) { $0.decimalMark = "," }.table.columns[0].cells == .numbers([1.234, 5.678]))
    let european = "a;b\n1,234;1\n5,678;2\n"
    #expect(try survey(european).table.columns[0].cells == .numbers([1.234, 5.678]))
    #expect(
      try survey(european) { $0.thousands = "," }.table.columns[0].cells == .numbers([1234, 5678]))
    #expect(try survey(text) { $0.categorical = ["a"] }.table.columns[0].kind == .categorical)
  }

  /// With decimal commas, a point before three digits separates thousands; other points stay points.
  @Test func marksThatAreAskedForComeFirst() throws {
    let text = "a;b;c\n1.234;1.5;2\n5.678;2.5;3\n"
    let table = try survey(text) { $0.decimalMark = "," }.table
    #expect(table.columns[0].cells == .numbers([1234, 5678]))
    #expect(table.columns[1].cells == .numbers([1.5, 2.5]))
    #expect(table.columns[2].cells == .numbers([2, 3]))
    #expect(table.columns[2].style.notation == nil)
    let plain = try survey("a,b\n1,2\n3,4\n") { $0.thousands = "'" }
    #expect(plain.notes == [.unusedMarks])
    #expect(plain.table.columns[0].cells == .numbers([1, 3]))
  }

  /// Impossible separators have no effect.
  @Test(arguments: [(".", "."), ("5", nil), (nil, "7"), ("-", nil)] as [(Character?, Character?)])
  func impossibleMarksHaveNoEffect(thousands: Character?, mark: Character?) throws {
    let (table, notes) = try survey("a,b\n1.5,x\n\"1,234\",y\n1234,z\n") {
      ($0.thousands, $0.decimalMark) = (thousands, mark)
    }
    #expect(table.columns[0].kind == .categorical)
    #expect(notes == [.unusedMarks])
  }

  /// Cells in a notation can be missing.
  @Test func missingCellsAreLeftOut() throws {
    let (table, _) = try survey("a,b\n5%,1\n,2\nNA,3\n7%,4\n")
    #expect(table.columns[0].cells == .numbers([5, .nan, .nan, 7]))
    let asked = try survey("a,b\n$5,1\n-,2\n$7,3\n") { $0.missing = ["-"] }.table
    #expect(asked.columns[0].cells == .numbers([5, .nan, 7]))
    #expect(
      String(decoding: CSV.bytes(of: asked), as: UTF8.self) == "a,b\n$5,1\n-,2\n$7,3\n")
  }

  /// Holes are filled in the notation of the column.
  @Test func holesAreFilledAlike() throws {
    let text = "a,b\n\"$1,234.50\",x\n$0.25,y\n\"$2,000.00\",x\n"
    let encoding = try TableEncoding(Table(csv: Array(text.utf8)))
    let incomplete = try IncompleteTable(
      csv: Array("a,b\n,x\n\"$1,000.00\",y\n5.5,x\n".utf8), encoding, random: RandomStream(seed: 1))
    #expect(incomplete.rows.missingCells.count == 1)
    let draws = try encoding.encode(
      Table(csv: Array("a,b\n\"$1,234.50\",x\n\"$1,234.50\",x\n".utf8)),
      random: RandomStream(seed: 1))
    #expect(
      String(decoding: incomplete.filled(draws), as: UTF8.self)
        == "a,b\n\"$1,234.50\",x\n\"$1,000.00\",y\n5.5,x\n")
  }
}
