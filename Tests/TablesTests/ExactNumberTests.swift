import Foundation
import LinearAlgebra
import Testing

@testable import Tables

/// Numbers with more digits than `Double` keeps, which are written exactly as they were read.
@Suite struct ExactNumberTests {
  private func table(_ cells: [String], _ change: (inout TableOptions) -> Void = { _ in }) throws
    -> Table
  {
    var options = TableOptions()
    change(&options)
    return try Table(csv: Array(("a\n" + cells.map { "\($0)\n" }.joined()).utf8), options: options)
  }

  private static let columns: [(String, [String])] = [
    ("account numbers", ["5550001112223334449", "1146510087654321987", "5550001112223334451"]),
    ("just below 2⁶⁴", (1...40).map { "\(UInt64.max - UInt64($0))" }),
    ("nanoseconds", (0..<50).map { "\(1_700_000_000_123_456_789 + Int64($0) * 1_000_003)" }),
    ("seconds with nanoseconds", (0..<50).map { "1700000000.\(123_456_780 + $0)" }),
    ("of both signs", ["-9223372036854775808", "9223372036854775807", "0", "-1"]),
    ("of 38 digits", ["99999999999999999999999999999999999999", "1", "-5"]),
    ("with zeros", ["0012345678901234567", "9912345678901234567"]),
    ("beside small ones", ["9007199254740993", "1", "2", "3"]),
    ("with missing cells", ["9007199254740993", "", "9007199254740995", "9007199254740997"]),
  ]

  /// Numbers come back also by way of the coordinates and a saved encoding.
  @Test(arguments: columns)
  func comeBackAsWritten(name: String, cells: [String]) throws {
    let table = try table(cells.map { $0.isEmpty ? "\"\"" : $0 })
    let text = "a\n" + cells.map { $0.isEmpty ? "\"\"\n" : "\($0)\n" }.joined()
    #expect(String(decoding: CSV.bytes(of: table), as: UTF8.self) == text)
    guard case .exact = table.columns[0].cells else {
      Issue.record("\(name) are not exact")
      return
    }
    let saved = try JSONEncoder().encode(TableEncoding(table))
    let encoding = try JSONDecoder().decode(TableEncoding.self, from: saved)
    #expect(encoding.problem == nil)
    #expect(encoding == (try TableEncoding(table)))
    let rows = try encoding.encode(table, random: RandomStream(seed: 1))
    #expect(String(decoding: CSV.bytes(of: encoding.decode(rows)), as: UTF8.self) == text)
  }

  /// IDs that occur in many rows are steps: samples have only these IDs, as frequently as the data.
  @Test func stepsAreOfTheDataAlone() throws {
    let ids = ["5550001112223334449", "1146510087654321987", "5550001112223334451"]
    let table = try table((0..<400).map { ids[$0 % 5 == 0 ? 0 : $0 % 2 + 1] })
    let encoding = try TableEncoding(table)
    let samples = encoding.decode(RandomStream(seed: 3).normal(rows: 4000, columns: 1))
    let column = try samples.columns[0].categories()
    guard case .categories(let codes, let names) = column.cells else { return }
    #expect(Set(names) == Set(ids))
    for (code, name) in names.enumerated() {
      let share = Double(codes.count { $0 == code }) / 4000
      #expect(abs(share - (name == ids[0] ? 0.2 : 0.4)) < 0.03, "\(name): \(share)")
    }
  }

  /// Samples between two IDs are integers between them, even at the ends of the range of `Int128`.
  @Test(arguments: [
    ["1700000000000000000", "1700000000000001000"],
    ["-170141183460469231731687303715884105727", "170141183460469231731687303715884105727"],
  ])
  func betweenValuesAreIntegers(ends: [String]) throws {
    let transform = try #require(QuantileTransform(units: ends.compactMap { Int128($0) }))
    for z in stride(from: -3.0, through: 3, by: 0.01) {
      let units = try #require(transform.units(at: transform.place(of: z)))
      #expect((transform.units?[0] ?? 0)...(transform.units?[1] ?? 0) ~= units)
    }
    let middle = try #require(transform.units(at: transform.place(of: 0)))
    #expect(abs(transform.decode(0) - Double(middle)) <= 1e-9 * abs(Double(middle)) + 1000)
  }

  /// Numbers of more than 38 digits are rounded, and a note says so unless they come back unchanged.
  @Test func longerOnesAreTold() throws {
    var survey = try TableSurvey(
      Array("a\n323456789012345678901234567890123456789\n5\n7\n".utf8), TableOptions())
    #expect(try survey.table().columns[0].cells.count == 3)
    #expect(survey.notes.count == 1)
    guard case .inexact(let name, let example, let result)? = survey.notes.first else {
      Issue.record("\(survey.notes)")
      return
    }
    #expect(name == "a" && example.count == 39 && result.count == 39 && example != result)
    survey = try TableSurvey(
      Array("a\n340282346638528859811704183484516925440\n5\n7\n".utf8), TableOptions())
    _ = try survey.table()
    #expect(survey.notes.isEmpty)
  }

  /// An encoding of exact numbers accepts a table of numbers with fewer digits, and the other way around.
  @Test func otherFilesAreAligned() throws {
    let (long, short) = (
      try table(["9007199254740993", "9007199254740995", "9007199254740999"]),
      try table(["5", "7", "9"])
    )
    let encoding = try TableEncoding(long)
    let ends = try encoding.encode(short, random: RandomStream(seed: 1))
    // The numbers are below the least one, to which they are clamped.
    #expect(
      String(decoding: CSV.bytes(of: encoding.decode(ends)), as: UTF8.self)
        == "a\n" + String(repeating: "9007199254740993\n", count: 3))
    let rows = try TableEncoding(short).encode(long, random: RandomStream(seed: 1))
    #expect(rows.isFinite)
    let decimals = try TableEncoding(table(["1700000000.123456789", "1700000001.5"]))
    let back = decimals.decode(
      try decimals.encode(
        table(["1700000000.123456789", "1700000001.5"]), random: RandomStream(seed: 1)))
    #expect(back.columns[0].bounds?.least == "1700000000.123456789")
  }

  /// Known values keep all 17 digits of a `Double`.
  @Test func doublesComeBack() throws {
    let cells = ["0.30000000000000004", "1.2345678901234567", "7e-9", "0.5"]
    let table = try table(cells)
    let encoding = try TableEncoding(table)
    let rows = try encoding.encode(table, random: RandomStream(seed: 1))
    let text = String(decoding: CSV.bytes(of: encoding.decode(rows)), as: UTF8.self)
    #expect(
      text.split(separator: "\n").dropFirst().compactMap { Double($0) }
        == cells.map { Double($0) ?? 0 })
  }

  /// Holes get the exact mean of exact draws.
  @Test func holesAreFilledWithMeans() throws {
    let text = "a,b\n9007199254740993,x\n9007199254740997,y\n9007199254740999,x\n"
    let encoding = try TableEncoding(Table(csv: Array(text.utf8)))
    let table = try IncompleteTable(
      csv: Array("a,b\n,x\n".utf8), encoding, random: RandomStream(seed: 1))
    let draws = try encoding.encode(
      Table(csv: Array("a,b\n9007199254740993,x\n9007199254740999,x\n".utf8)),
      random: RandomStream(seed: 1))
    #expect(
      String(decoding: table.filled(draws), as: UTF8.self) == "a,b\n9007199254740996,x\n")
  }

  /// Plus signs, as in telephone numbers, stay if all numbers have them; otherwise a note says so.
  @Test func plusSignsStay() throws {
    let phones = ["+41791234567", "+4179123", "+491701234567"]
    #expect(
      String(decoding: CSV.bytes(of: try table(phones)), as: UTF8.self)
        == "a\n" + phones.map { "\($0)\n" }.joined())
    #expect(
      String(decoding: CSV.bytes(of: try table(["+5", "-3", "0"])), as: UTF8.self)
        == "a\n+5\n-3\n0\n")
    #expect(
      String(decoding: CSV.bytes(of: try table(["+5", "+0"])), as: UTF8.self) == "a\n+5\n+0\n")
    var survey = try TableSurvey(Array("a\n+5\n3\n4\n".utf8), TableOptions())
    _ = try survey.table()
    #expect(survey.notes == [.lostSigns(column: "a", example: "+5", result: "5")])
    survey = try TableSurvey(Array("a\n0042\n3\n4\n".utf8), TableOptions())
    _ = try survey.table()
    #expect(survey.notes == [.lostSigns(column: "a", example: "0042", result: "42")])
  }
}
