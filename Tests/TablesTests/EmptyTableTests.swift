import LinearAlgebra
import Tables
import Testing

/// Tables without rows, without columns, or with columns whose cells are all missing.
@Suite struct EmptyTableTests {
  private static let table = Table([
    Column("age", .numbers([31, .nan, 44])),
    Column("plan", .categories([0, 1, -1], names: ["basic", "plus"])),
  ])

  private func encoding() throws -> TableEncoding {
    try TableEncoding(Self.table, conditions: ["plan"])
  }

  @Test func noRowsAreEncodedAndDecoded() throws {
    let encoding = try encoding()
    let none = Matrix<Float>(rows: 0, columns: encoding.width)
    let empty = Self.table.rows(at: [])
    #expect(empty.rowCount == 0 && empty.columns.map(\.name) == ["age", "plan"])
    #expect(try encoding.encode(empty, random: RandomStream(seed: 1)) == none)
    #expect(encoding.decode(none) == empty)
    #expect(encoding.codesOfFirstCondition(none) == [])
    #expect(CSV.bytes(of: empty) == Array("age,plan\n".utf8))
  }

  @Test func noContextsAreDrawn() throws {
    let encoding = try encoding()
    let none = Matrix<Float>(rows: 0, columns: encoding.contextWidth)
    let random = RandomStream(seed: 1)
    #expect(try encoding.contexts(count: 0, random: random) == none)
    #expect(try encoding.contexts(count: 0, where: ["plan": ""], random: random) == none)
    let unconditional = try TableEncoding(Self.table)
    #expect(
      try unconditional.contexts(count: 2, random: random) == Matrix<Float>(rows: 2, columns: 0))
  }

  /// Any output of a model decodes to a table.
  @Test(arguments: [Float.nan, .infinity, -.infinity, 1e38])
  func anyCoordinatesAreDecoded(value: Float) throws {
    for encoding in [try encoding(), try TableEncoding(Self.table)] {
      let table = encoding.decode(
        Matrix<Float>(rows: 2, columns: encoding.width, repeating: value))
      #expect(table.rowCount == 2 && !CSV.bytes(of: table).isEmpty)
    }
    let pixels = Table([Column("a", .numbers([0, 7])), Column("b", .numbers([3, 3]))])
    let images = try TableEncoding(pixels, image: ImageShape("2x1"))
    let matrix = Matrix<Float>(rows: 1, columns: 2, repeating: value)
    #expect(images.brightness(matrix).isFinite && images.decode(matrix).rowCount == 1)
    #expect(images.brightness(Matrix<Float>(rows: 0, columns: 2)).rows == 0)
  }

  @Test(arguments: [
    ("plan", Table([Column("plan", .categories([-1, -1], names: []))])),
    ("plan", Table([Column("plan", .categories([-1], names: ["basic"]))])),
    ("age", Table([Column("age", .numbers([.nan, .nan]))])),
    ("age", table.rows(at: [])),
  ])
  func columnsNeedACell(name: String, table: Table) {
    let conditions = name == "plan" ? [[], ["plan"]] : [[]]
    for conditions in conditions {
      let problem = problem { () throws(TableError) in
        _ = try TableEncoding(table, conditions: conditions)
      }
      #expect(problem.hasPrefix("all cells of column \"\(name)\" are missing; "))
    }
    let images = problem { () throws(TableError) in
      _ = try TableEncoding(table, image: ImageShape("1x1"))
    }
    #expect(images.contains("all cells"))
  }

  @Test(arguments: [Double.infinity, -.infinity])
  func numbersAreFinite(number: Double) {
    let problem = problem { () throws(TableError) in
      _ = try TableEncoding(Table([Column("age", .numbers([1, number]))]))
    }
    #expect(problem.hasPrefix("row 2, column \"age\" is infinite; "))
  }

  private func problem(_ body: () throws(TableError) -> Void) -> String {
    do {
      try body()
      return "none"
    } catch {
      return "\(error)"
    }
  }

  @Test func noColumns() throws {
    let none = Table([])
    #expect(none.rowCount == 0 && none.rows(at: []) == none && none.column("a") == nil)
    let encoding = try TableEncoding(none)
    #expect(encoding.width == 0 && encoding.decode(Matrix<Float>(rows: 0, columns: 0)) == none)
    #expect(encoding.problem != nil)
  }

  /// A row with only a missing condition, which is allowed here, has no holes.
  @Test func aRowThatLacksOnlyItsConditionIsComplete() throws {
    let text = Array("age,plan\n31,\n".utf8)
    let table = try IncompleteTable(csv: text, encoding(), random: RandomStream(seed: 1))
    #expect(table.rows.missingCells.count == 0 && table.rows.incompleteRows == [])
    #expect(table.filled(Matrix<Float>(rows: 0, columns: table.rows.encoding.width)) == text)
  }

  @Test func arraysAndTextsOfNoRows() {
    let none = Matrix<Float>(rows: 0, columns: 2)
    #expect(CSV.bytes(of: none, names: ["a", "b"]) == Array("a,b\n".utf8))
    #expect(String(decoding: NPY.bytes(of: none), as: UTF8.self).contains("(0, 2)"))
    #expect(
      String(decoding: NPY.bytes(ofStates: [Matrix<Float>]()), as: UTF8.self).contains("(0, 0, 0)"))
    #expect(NumericTable(values: none).values == none)
  }
}
