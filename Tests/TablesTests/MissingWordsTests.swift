import Foundation
import Testing

@testable import Tables

/// Missing words, which can be numbers.
@Suite struct MissingWordsTests {
  private func survey(_ text: String, _ change: (inout TableOptions) -> Void) throws
    -> (table: Table, notes: [TableNote])
  {
    var options = TableOptions()
    change(&options)
    var survey = try TableSurvey(Array(text.utf8), options)
    return (try survey.table(), survey.notes)
  }

  /// A number matches all its spellings, and no other number, even if they differ only in the last of many
  /// digits.
  @Test(
    arguments: [
      ("-999", ["-999", "1", "-999.0", "-9.99e2"], [0, 2, 3]),
      ("-9.0", ["-9", "9", "-9.00"], [0, 2]),
      ("0", ["0", "0.0", "-0", "1"], [0, 1, 2]), ("1e3", ["1000", "1e3", "100"], [0, 1]),
      ("9999999999999999999", ["9999999999999999999", "9999999999999999998", "1"], [0]),
    ] as [(String, [String], [Int])])
  func numbersAreComparedAsNumbers(word: String, cells: [String], missing: [Int]) throws {
    let (table, notes) = try survey("a,b\n" + cells.map { "\($0),1\n" }.joined()) {
      $0.missing = [word]
    }
    let column = table.columns[0]
    #expect((0..<cells.count).filter(column.isMissing) == missing)
    #expect(column.style.missing == cells[missing[0]])
    #expect(notes.isEmpty)
  }

  @Test func wordsMayBeLong() throws {
    let word = String(repeating: "n", count: 65)
    let (table, notes) = try survey("a,b\n\(word),1\nx,2\n") { $0.missing = [word] }
    #expect(table.columns[0].missingCount == 1)
    #expect(notes.isEmpty)
  }

  /// A 0 is missing in some columns, and a number in another.
  @Test func wordsCanBeOfOneColumn() throws {
    let text = "glucose,bmi,children\n0,20.5,0\n90,0.0,2\n80,30.1,0\n"
    let (table, notes) = try survey(text) {
      $0.missingInColumn = ["glucose": ["0"], "bmi": ["0"]]
    }
    #expect(table.columns.map(\.missingCount) == [1, 1, 0])
    #expect(notes.isEmpty)
    #expect(String(decoding: CSV.bytes(of: table), as: UTF8.self) == text)
    let error = #expect(throws: TableError.self) {
      try survey(text) { $0.missingInColumn = ["sugar": ["0"]] }
    }
    #expect(error?.description.contains("no column \"sugar\"") == true)
  }

  /// Missing words apply to numeric codes read as categories; a code in quotation marks is a category.
  @Test func wordsAreOfCategories() throws {
    let (table, _) = try survey("a,b\n1,x\n-9,y\n-9.0,z\n\"-9\",w\n2,v\n") {
      $0.categorical = ["a"]
      $0.missing = ["-9"]
    }
    #expect((0..<5).filter(table.columns[0].isMissing) == [1, 2])
  }

  @Test func wordsWithoutEffectAreTold() throws {
    let (_, notes) = try survey("a,b\n1,x\n2,y\n") {
      $0.missing = ["-999", "x"]
      $0.missingInColumn = ["a": ["0", "1"]]
    }
    #expect(
      notes == [.unusedMissing("-999", column: nil), .unusedMissing("0", column: "a")])
  }

  /// A column whose cells are all missing is refused.
  @Test func aColumnOfMissingNumbersIsRefused() {
    let error = #expect(throws: TableError.self) {
      try survey("a,b\n-9,1\n-9,2\n") { $0.missing = ["-9"] }
    }
    #expect(error?.description.contains("column a: all cells are missing") == true)
  }

  /// A missing word and a category of the same text stay apart when they are written and read again.
  @Test(arguments: ["a|b", "a;b", "a\"b", "-", "n a"])
  func writtenWordsAreReadAgain(word: String) throws {
    let quoted = "\"" + word.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    let (table, _) = try survey("a,b\n\(word),1\n\(quoted),2\nc,3\nd,4\n") {
      $0.missing = [word]
    }
    #expect((0..<4).filter(table.columns[0].isMissing) == [0])
    let (again, _) = try survey(String(decoding: table.csv, as: UTF8.self)) { $0.missing = [word] }
    #expect((0..<4).filter(again.columns[0].isMissing) == [0])
    #expect(again.columns[0].texts == table.columns[0].texts)
    #expect(again.columns[0].texts[1] == word)
  }
}
