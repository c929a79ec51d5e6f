import Langevin
import Testing

/// A table of sixty rows, in which something is missing.
enum CustomerTable {
  static let text: String = {
    var text = "id,age,plan,region,spend,constant\n"
    for row in 0..<60 {
      let age = row % 7 == 3 ? "" : "\(18 + row * 13 % 60)"
      let plan = ["basic", "\"plus, yearly\"", "premium"][row % 3]
      text += "\(row),\(age),\(plan),\(row % 2 == 0 ? "north" : "south"),\(row * 37 % 90).50,7\n"
    }
    return text
  }()

  static func table() throws -> Table {
    var options = TableOptions()
    options.dropped = ["id"]
    return try Table(csv: Array(text.utf8), options: options)
  }
}

@Suite struct TableTests {
  @Test func samplesHaveTheColumnsOfTheTable() throws {
    let table = try CustomerTable.table()
    let trainer = try Trainer(
      on: table, epochs: 2, seed: 1, configure: SmallTraining.configure)
    let samples = try trainer.runBlocking().sampleBlocking(count: 200, seed: 1)
    #expect(samples.table.rowCount == 200)
    #expect(samples.table.columns.map(\.name) == table.columns.map(\.name))
    #expect(samples.table.columns.map(\.kind) == table.columns.map(\.kind))
    #expect(samples.table.columns.map(\.style) == table.columns.map(\.style))
    #expect(samples.csv == CSV.bytes(of: samples.table))
    // Read again, it is what was sampled.
    #expect(try Table(csv: samples.csv).columns.map(\.cells.count) == [200, 200, 200, 200, 200])
    #expect(trainer.model.sampler().steps == 20)
  }

  @Test func aTableIsTrainedOnAsItsCoordinates() throws {
    let table = try CustomerTable.table()
    let encoding = TableEncoding(table)
    let points = try encoding.encode(table, random: RandomPurpose.dataset.stream(seed: 1))
    let ofTable = try Trainer(on: table, epochs: 2, seed: 1, configure: SmallTraining.configure)
    let ofPoints = try Trainer(on: points, epochs: 2, seed: 1, configure: SmallTraining.configure)
    #expect(try ofTable.runBlocking().bits == ofPoints.runBlocking().bits)
    #expect(ofTable.configuration.table == encoding && ofPoints.configuration.table == nil)
  }
}
