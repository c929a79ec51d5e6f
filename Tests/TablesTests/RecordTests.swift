import LinearAlgebra
import Tables
import Testing

/// Creating tables from records and columns of values, and reading them back.
@Suite struct RecordTests {
  enum Plan: String, Codable { case basic, pro }

  struct Customer: Codable, Equatable {
    var age: Double?
    var spend: Double
    var visits: Int?
    var plan: Plan?
    var region: String?
    var isActive: Bool
    var id: Int64
  }

  private static let customers = [
    Customer(
      age: 31.5, spend: 12.25, visits: 3, plan: .basic, region: "north", isActive: true,
      id: 9_007_199_254_740_993),
    Customer(
      age: nil, spend: 7, visits: nil, plan: nil, region: "west", isActive: false, id: 2),
    Customer(age: 40, spend: 0.125, visits: 0, plan: .pro, region: nil, isActive: true, id: -3),
  ]

  @Test func recordsComeBack() throws {
    let table = try Table(rows: Self.customers)
    #expect(
      table.columns.map(\.name) == ["age", "spend", "visits", "plan", "region", "isActive", "id"])
    #expect(try table.records(of: Customer.self) == Self.customers)
    // A CSV file of the table has the same texts.
    let read = try Table(csv: CSV.bytes(of: table))
    #expect(read.columns.map(\.texts) == table.columns.map(\.texts))
  }

  @Test func columnsHaveTheKindsOfTheirProperties() throws {
    let table = try Table(rows: Self.customers)
    #expect(
      table.columns.map(\.kind) == [
        .numeric, .numeric, .numeric, .categorical, .categorical, .categorical, .numeric,
      ])
    #expect(table.column("age")?.style.decimals == 1)
    #expect(table.column("spend")?.style.decimals == 3)
    #expect(table.column("visits")?.style.decimals == 0)
    #expect(table.column("age")?.numbers == [31.5, nil, 40])
    #expect(table.column("plan")?.texts == ["basic", nil, "pro"])
    #expect(table.column("id")?.texts == ["9007199254740993", "2", "-3"])
  }

  /// A property that is nil in all records is still a column of its kind.
  @Test func oneRecordIsEnough() throws {
    let table = try Table(rows: [Self.customers[1]])
    #expect(table.column("age")?.kind == .numeric && table.column("region")?.kind == .categorical)
    #expect(table.columns.count == 7 && table.rowCount == 1)
    #expect(try table.records(of: Customer.self) == [Self.customers[1]])
  }

  @Test func dictionariesAreRecords() throws {
    let table = try Table(rows: [["x": 1.5, "y": 2], ["y": 4]])
    #expect(Set(table.columns.map(\.name)) == ["x", "y"])
    #expect(table.column("x")?.numbers == [1.5, nil])
  }

  struct Nested: Encodable {
    var point = ["x": 1]
  }
  struct Listed: Encodable {
    var points = [1, 2]
  }
  struct Mixed: Encodable {
    var value: Either
    enum Either: Encodable {
      case number, text
      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number: try container.encode(1)
        case .text: try container.encode("one")
        }
      }
    }
  }

  @Test func otherValuesAreRefused() {
    #expect(throws: TableError.self) { try Table(rows: [Nested()]) }
    #expect(throws: TableError.self) { try Table(rows: [Listed()]) }
    #expect(throws: TableError.self) { try Table(rows: [1, 2]) }
    #expect(throws: TableError.self) { try Table(rows: [[1], [2]]) }
    #expect(throws: TableError.self) {
      try Table(rows: [Mixed(value: .number), Mixed(value: .text)])
    }
    #expect(throws: TableError.self) { try Table(rows: [Customer]()) }
  }

  struct Strict: Decodable {
    var age: Double
  }
  struct Whole: Decodable {
    var age: Int?
  }
  struct Stranger: Decodable {
    var nobody: String
  }

  @Test func wrongTypesAreDecodingErrors() throws {
    let table = try Table(rows: Self.customers)
    #expect(throws: DecodingError.self) { try table.records(of: Strict.self) }
    #expect(throws: DecodingError.self) { try table.records(of: Whole.self) }
    #expect(throws: DecodingError.self) { try table.records(of: Stranger.self) }
    #expect(throws: DecodingError.self) { try table.records(of: Int.self) }
  }

  @Test func columnsOfValues() {
    #expect(Column("plan", ["a", nil]).texts == ["a", nil])
    #expect(Column("n", [1, nil, 3]).texts == ["1", nil, "3"])
    #expect(Column("x", [1.5, nil, 3]).texts == ["1.5", nil, "3"])
    #expect(Column("t", [true, nil]).texts == ["true", nil])
    #expect(Column("x", [1e-300, 0.1]).style.decimals == nil)
    #expect(Column("x", [0.1 + 0.2]).style.decimals == nil)
    #expect(Column("big", [Int.max, nil]).texts == ["9223372036854775807", nil])
    #expect(Column("x", [Double.infinity, 0.25]).numbers == [.infinity, 0.25])
  }
}
