import LinearAlgebra
import Tables
import Testing

/// The rows that a model of numbers and categories learns, and the way back to the table.
@Suite struct TableVariablesTests {
  /// 120 rows: few different integers, categories with missing cells, two categories, numbers of which most
  /// occur once, with missing cells, large integers of which there are few, and a constant.
  private static let table: Table = {
    let kinds = ["a", "b", "c"]
    let lines = (0..<120).map { (row: Int) -> String in
      let kind = row % 9 == 4 ? "" : kinds[row % 3]
      let size = row % 11 == 3 ? "" : "\(Double(row * 37 % 121) / 4)"
      let account = Int.max - row % 3
      return "\(row * row % 5),\(kind),\(row % 7 < 3 ? "no" : "yes"),\(size),\(account),m\n"
    }
    let text = "rooms,kind,paid,size,account,unit\n" + lines.joined()
    return (try? Table(csv: Array(text.utf8))) ?? Table([])
  }()

  private static func variables() throws -> TableVariables {
    let encoding = try TableEncoding(table)
    #expect(encoding.discreteColumns == [0, 1, 2, 4])
    return TableVariables(encoding, discreteColumns: encoding.discreteColumns)
  }

  @Test func rowsAreNumbersAndCodes() throws {
    let variables = try Self.variables()
    #expect(variables.dimension == 1)
    // Three numbers of rooms, three kinds and missing, two answers, present or missing sizes, three accounts.
    #expect(variables.categories == [3, 4, 2, 2, 3])
    #expect(variables.missingCodes == [nil, 3, nil, 1, nil])
    let coordinates = try variables.encoding.encode(Self.table, random: RandomStream(seed: 1))
    let rows = variables.rows(coordinates)
    #expect(rows.columns == variables.width)
    for row in 0..<120 {
      #expect(rows[row, 2] == (row % 9 == 4 ? 3 : Float(row % 3)))
      #expect(rows[row, 4] == (row % 11 == 3 ? 1 : 0))
      // In ascending order.
      #expect(rows[row, 5] == Float(2 - row % 3))
    }
  }

  @Test func rowsLeadBackToTheTable() throws {
    let variables = try Self.variables()
    let coordinates = try variables.encoding.encode(Self.table, random: RandomStream(seed: 1))
    let rows = variables.rows(coordinates)
    #expect(variables.table(rows) == Self.table)
    let again = variables.coordinates(rows, random: RandomStream(seed: 2))
    #expect(variables.encoding.decode(again) == Self.table)
    #expect(variables.rows(again).columns(1..<6) == rows.columns(1..<6))
  }

  @Test func numbersThatAreNotFiniteHaveNoCoordinates() throws {
    let variables = try Self.variables()
    let rows = Matrix<Float>([[.nan, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]])
    let coordinates = variables.coordinates(rows, random: RandomStream(seed: 2))
    #expect(coordinates.array.allSatisfy(\.isNaN) && coordinates.rows == 2)
  }

  @Test func unknownCellsAreNaN() throws {
    let variables = try Self.variables()
    let text = "rooms,kind,paid,size,account,unit\n,b,no,,,\n1,,,2.00,\(Int.max),m\n"
    let incomplete = try Table(csv: Array(text.utf8))
    let (rows, _) = try variables.encoding.incompleteRows(
      of: incomplete, random: RandomStream(seed: 1))
    let found = variables.rows(rows.coordinates, known: rows.known)
    let unknown = (0..<2).map { row in (0..<6).map { found[row, $0].isNaN } }
    #expect(
      unknown == [
        [true, true, false, false, false, true], [false, false, true, true, false, false],
      ])
    #expect(found[0, 2] == 1 && found[0, 3] == 0 && found[1, 5] == 2)
    // A filled cell is present.
    #expect(found[0, 4] == 0 && found[1, 4] == 0)
  }

  /// Conditions are known; all other cells are unknown.
  @Test func conditionsAreKnown() throws {
    let encoding = try TableEncoding(Self.table, conditions: ["kind"])
    let variables = TableVariables(encoding, discreteColumns: encoding.discreteColumns)
    let contexts = try encoding.contexts(
      count: 3, where: ["kind": "c"], random: RandomStream(seed: 1))
    let rows = variables.unknownRows(count: 3, contexts: contexts)
    for row in 0..<3 {
      for column in 0..<6 {
        #expect(column == 2 ? rows[row, 2] == 2 : rows[row, column].isNaN)
      }
    }
  }

  /// Numbers are discrete only if there are few of them and each occurs often.
  @Test(arguments: [
    (2, 40, true), (3, 59, false), (256, 5120, true), (257, 6000, false), (1, 100, false),
  ])
  func frequentNumbersAreDiscrete(values: Int, cells: Int, isDiscrete: Bool) throws {
    let lines = (0..<cells).map { "\($0 % values),\($0)\n" }
    let table = try Table(csv: Array(("x,y\n" + lines.joined()).utf8))
    #expect(try TableEncoding(table).discreteColumns == (isDiscrete ? [0] : []))
  }
}
