import LinearAlgebra
import Tables
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Encoding tables as coordinates, and decoding them.
@Suite struct TableEncodingTests {
  private static let mixed = """
    id,age,plan,region,spend,active,nothing
    1,31,basic,"North, 1",10.50,yes,same
    2,,plus,South,0.00,no,same
    3,44,NA,"a ""b"" c",7.25,yes,same
    4,31,basic,West,1000000.75,,same
    5,90,premium,South,10.50,no,same

    """

  private static let texts: [(String, String)] = [
    ("mixed", mixed),
    ("a constant", "a,b\n3,1\n3,2\n3,2\n"),
    ("integers with a point", "a,b\n3.0,1\n4.0,2\n,2\n"),
    ("negative", "a,b\n-3,-0.5\n4,0.25\n17,-1\n"),
    ("two categories", "a,b\nx,1\ny,2\nx,2\n"),
    ("a missing category", "a\nx\n\"\"\ny\nz\n"),
  ]

  private func encoded(_ text: String) throws -> (Table, TableEncoding, Matrix<Float>) {
    let table = try Table(csv: Array(text.utf8))
    let encoding = try TableEncoding(table)
    return (table, encoding, try encoding.encode(table, random: RandomStream(seed: 1)))
  }

  /// An encoding that could not be read again from a file is refused.
  @Test func noMoreCategoriesAreEncodedThanAreRead() throws {
    func table(_ count: Int) -> Table {
      Table([
        Column(
          "k", .categories((0..<600).map { Int32($0 % count) }, names: (0..<count).map { "\($0)" }))
      ])
    }
    #expect(try TableEncoding(table(256)).problem == nil)
    let error = #expect(throws: TableError.self) { try TableEncoding(table(257)) }
    #expect(
      error?.description
        == "column k: it has 257 categories, more than 256; change the table, or leave the column out"
    )
  }

  @Test(arguments: texts)
  func tablesComeBack(name: String, text: String) throws {
    let (table, encoding, matrix) = try encoded(text)
    #expect(matrix.rows == table.rowCount && matrix.columns == encoding.width)
    #expect(matrix.isFinite)
    #expect(encoding.decode(matrix) == table)
    #expect(encoding.problem == nil)
  }

  /// Files come back byte for byte if they are in the form that we write.
  @Test(arguments: texts)
  func filesComeBack(name: String, text: String) throws {
    let (_, encoding, matrix) = try encoded(text)
    #expect(String(decoding: CSV.bytes(of: encoding.decode(matrix)), as: UTF8.self) == text)
  }

  /// Numbers with as many digits as a `Double` keeps, or more, of which the last may change.
  @Test(arguments: [
    "a\n16712777.1017881393\n336100\n", "a\n36387865141244.63\n1.5\n",
    "a\n772311326.6139782\n1.5000000\n", "a\n18014398509481984.25\n-9007199254740993.50\n",
    "a\n1234567890123456789012345\n3\n",
  ])
  func numbersOfManyDigitsComeBack(text: String) throws {
    let (table, encoding, matrix) = try encoded(text)
    #expect(encoding.decode(matrix) == table)
    let again = try Table(csv: CSV.bytes(of: table))
    #expect(again.columns[0].cells == table.columns[0].cells)
  }

  /// Numbers with too many decimals for a style come back with the precision of `Float`.
  @Test func longNumbersComeBackInSevenDigits() throws {
    let (_, encoding, matrix) = try encoded("a,b\n1e-12,1\n3e-12,2\n2e-12,2\n")
    guard case .numbers(let numbers) = encoding.decode(matrix).columns[0].cells else {
      Issue.record("not numbers")
      return
    }
    for (number, expected) in zip(numbers, [1e-12, 3e-12, 2e-12]) {
      #expect(abs(number / expected - 1) < 1e-6)
    }
  }

  /// Any coordinates decode to a table with integers, bounds and categories as in the data.
  @Test func anyCoordinatesAreATable() throws {
    let (table, encoding, _) = try encoded(Self.mixed)
    let noise = RandomStream(seed: 2).normal(rows: 500, columns: encoding.width)
    let made = encoding.decode(noise)
    for column in made.columns {
      switch column.cells {
      case .numbers(let numbers):
        guard case .numbers(let real) = table.column(column.name)?.cells else { continue }
        let known = real.filter { !$0.isNaN }
        for number in numbers where !number.isNaN {
          #expect(number >= known.min() ?? 0 && number <= known.max() ?? 0)
          if column.style.decimals == 0 { #expect(number == number.rounded()) }
        }
      case .exact: Issue.record("\(column.name) fits into Double")
      case .categories(let codes, let names):
        #expect(codes.allSatisfy { $0 >= -1 && $0 < names.count })
      }
    }
    #expect(
      made.column("nothing")?.cells == .categories(Array(repeating: 0, count: 500), names: ["same"])
    )
    // One of five ages is missing, but no ID.
    #expect(abs(Double(made.columns[1].missingCount) / 500 - 0.2) < 0.06)
    #expect(made.columns[0].missingCount == 0)
  }

  @Test func encodingsSurviveJSON() throws {
    let (table, encoding, matrix) = try encoded(Self.mixed)
    let copy = try JSONDecoder().decode(
      TableEncoding.self, from: JSONEncoder().encode(encoding))
    #expect(copy == encoding)
    #expect(copy.decode(matrix) == table)
  }

  /// A table may have the columns in another order, and fewer categories.
  @Test func otherTablesAreEncodedByName() throws {
    let (_, encoding, _) = try encoded("a,b\n1,x\n2,y\n3,z\n")
    let other = try Table(csv: Array("b,a\nz,2\nz,9\n".utf8), options: encoding.options())
    let back = encoding.decode(try encoding.encode(other, random: RandomStream(seed: 1)))
    #expect(back.columns[1].cells == .categories([2, 2], names: ["x", "y", "z"]))
    // The data has no number above 3, so 9 is clamped.
    #expect(back.columns[0].cells == .numbers([2, 3]))
  }

  @Test(arguments: [
    ("a,c\n1,x\n2,y\n", "\"c\" is unknown"),
    ("a\n1\n2\n", "\"b\" is missing"),
    ("a,b\n1,x\n2,w\n", "the category \"w\""),
    ("a,b\nq,x\nr,y\n", "is categorical, but numeric"),
    ("a,b\n1,x\n,y\n", "the cell in row 2 is missing"),
  ])
  func strangeTablesAreRefused(text: String, reason: String) throws {
    let (_, encoding, _) = try encoded("a,b\n1,x\n2,y\n3,z\n")
    let table = try Table(csv: Array(text.utf8))
    let error = #expect(throws: TableError.self) {
      try encoding.encode(table, random: RandomStream(seed: 1))
    }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }
}
