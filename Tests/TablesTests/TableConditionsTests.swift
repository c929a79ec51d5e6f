import Foundation
import LinearAlgebra
import Tables
import Testing

/// Columns that a model is conditioned on.
@Suite struct TableConditionsTests {
  private static let text = """
    plan,age,region,spend
    basic,31,north,1.5
    plus,22,south,2.5
    basic,44,,3.5
    basic,50,north,4.5
    premium,,south,5.5
    basic,36,north,6.5

    """

  private func encoded(
    _ conditions: [String], text: String = text
  ) throws -> (Table, TableEncoding, Matrix<Float>) {
    let table = try Table(csv: Array(text.utf8))
    let encoding = try TableEncoding(table, conditions: conditions)
    return (table, encoding, try encoding.encode(table, random: RandomStream(seed: 1)))
  }

  @Test(arguments: [["plan"], ["region"], ["plan", "region"], []])
  func tablesComeBack(_ conditions: [String]) throws {
    let (table, encoding, matrix) = try encoded(conditions)
    #expect(encoding.decode(matrix) == table)
    #expect(encoding.problem == nil)
    let copy = try JSONDecoder().decode(
      TableEncoding.self, from: JSONEncoder().encode(encoding))
    #expect(copy == encoding && copy.problem == nil)
    #expect(encoding.dimension + encoding.contextWidth == encoding.width)
    #expect(encoding.contextWidth == conditions.count * 3)
    // One coordinate of each condition is 1.
    let contexts = matrix.columns(encoding.dimension..<encoding.width)
    for row in 0..<matrix.rows {
      let context = (0..<contexts.columns).map { contexts[row, $0] }
      #expect(context.allSatisfy { $0 == 0 || $0 == 1 })
      #expect(context.reduce(0, +) == Float(conditions.count))
    }
  }

  /// As a condition, a constant has a coordinate, and two categories have one each.
  @Test func constantsAndPairsAreOneHot() throws {
    let (table, encoding, matrix) = try encoded(
      ["a", "b"], text: "a,b,c\nx,u,1\nx,v,2\nx,v,3\n")
    #expect(encoding.contextWidth == 3 && encoding.dimension == 1)
    #expect(encoding.decode(matrix) == table)
    #expect(
      matrix.columns(1..<4)
        == Matrix<Float>(rows: 3, columns: 3) { row, column in
          column == 0 || (column == 1) == (row == 0) ? 1 : 0
        })
  }

  private func categories(
    _ encoding: TableEncoding, _ contexts: Matrix<Float>, _ name: String
  ) throws -> [String] {
    let rows = Matrix<Float>(rows: contexts.rows, columns: encoding.dimension)
    let column = try #require(
      encoding.decode(.horizontally([rows, contexts])).column(name))
    guard case .categories(let codes, let names) = column.cells else { return [] }
    return codes.map { $0 < 0 ? "" : names[Int($0)] }
  }

  /// Combinations of categories are drawn as frequently as they occur in the table.
  @Test func contextsAreDrawnLikeTheTables() throws {
    let (_, encoding, _) = try encoded(["plan", "region"])
    let random = RandomStream(seed: 3)
    let contexts = try encoding.contexts(count: 6000, random: random)
    let plans = try categories(encoding, contexts, "plan")
    let regions = try categories(encoding, contexts, "region")
    let pairs = zip(plans, regions).map { "\($0)/\($1)" }
    #expect(Set(pairs) == ["basic/north", "plus/south", "basic/", "premium/south"])
    for (pair, share) in [("basic/north", 0.5), ("plus/south", 1 / 6.0), ("basic/", 1 / 6.0)] {
      let found = Double(pairs.count { $0 == pair }) / 6000
      #expect(abs(found - share) < 5 * (share * (1 - share) / 6000).squareRoot(), "\(pair)")
    }
    #expect(
      try encoding.contexts(count: 40, random: random) == contexts.rows(0..<40))
  }

  @Test func chosenContextsAreKept() throws {
    let (_, encoding, _) = try encoded(["plan", "region"])
    func pairs(_ chosen: [String: String]) throws -> Set<String> {
      let contexts = try encoding.contexts(
        count: 300, where: chosen, random: RandomStream(seed: 4))
      return Set(
        zip(
          try categories(encoding, contexts, "plan"),
          try categories(encoding, contexts, "region")
        ).map { "\($0)/\($1)" })
    }
    #expect(try pairs(["plan": "basic"]) == ["basic/north", "basic/"])
    #expect(try pairs(["region": "south"]) == ["plus/south", "premium/south"])
    #expect(try pairs(["region": ""]) == ["basic/"])
    // A combination that is not in the data can be chosen.
    #expect(try pairs(["plan": "premium", "region": "north"]) == ["premium/north"])
  }

  @Test func strangersAreRefused() throws {
    let table = try Table(csv: Array(Self.text.utf8))
    func problem(_ body: () throws(TableError) -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return "nothing"
    }
    #expect(
      problem { () throws(TableError) in _ = try TableEncoding(table, conditions: ["age"]) }
        .contains("column \"age\" is numeric"))
    #expect(
      problem { () throws(TableError) in _ = try TableEncoding(table, conditions: ["x"]) }
        .contains("no column \"x\""))
    let (_, encoding, _) = try encoded(["plan"])
    for (chosen, reason) in [
      (["region": "north"], "\"region\" is not a condition of the model; its conditions are plan"),
      (["plan": "gold"], "plan has no category \"gold\"; it has basic, plus, premium"),
      (["plan": ""], "plan has no category \"\""),
    ] {
      let found = problem { () throws(TableError) in
        _ = try encoding.contexts(count: 1, where: chosen, random: RandomStream(seed: 1))
      }
      #expect(found.contains(reason), "\(found)")
    }
  }

  /// Categories that never occur together are refused if another condition is not chosen.
  @Test func impossibleChoicesAreRefused() throws {
    let (_, encoding, _) = try encoded(
      ["a", "b", "c"], text: "a,b,c,d\nx,u,p,1\ny,v,p,2\ny,v,q,3\n")
    #expect(throws: TableError.self) {
      try encoding.contexts(
        count: 1, where: ["a": "x", "b": "v"], random: RandomStream(seed: 1))
    }
  }

  /// Damage in `config.json` is detected.
  @Test(arguments: [
    (#""counts":[3,1,1,1]"#, #""counts":[3,1,1]"#),
    (#""counts":[3,1,1,1]"#, #""counts":[3,1,1,-1]"#),
    (#"[0,0]"#, #"[0,9]"#), (#"[0,0]"#, #"[0]"#), (#"[0,0]"#, #"[-1,0]"#),
  ])
  func damageIsNoticed(from text: String, to other: String) throws {
    let (_, encoding, _) = try encoded(["plan", "region"])
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = String(decoding: try encoder.encode(encoding), as: UTF8.self)
    let place = try #require(json.range(of: text, options: .backwards), "\(json)")
    let damaged = json.replacingCharacters(in: place, with: other)
    let copy = try JSONDecoder().decode(TableEncoding.self, from: Data(damaged.utf8))
    #expect(copy.problem != nil)
  }
}
