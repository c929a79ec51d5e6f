import Foundation
import Langevin
import TestSupport
import Testing

/// A table of sixty rows with missing cells.
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
    // The CSV can be read again.
    #expect(try Table(csv: samples.csv).columns.map(\.cells.count) == [200, 200, 200, 200, 200])
  }

  @Test func rowsHaveTheConditionsThatAreAskedFor() async throws {
    let data = TableData(try CustomerTable.table(), conditions: ["plan", "region"])
    let model = try Trainer(on: data, epochs: 2, seed: 1, configure: SmallTraining.configure)
      .runBlocking()
    let chosen = ["plan": "basic", "region": "north"]
    let samples = try await model.sample(count: 40, seed: 1, where: chosen, guidance: 1.5)
    let lines = String(decoding: samples.csv, as: UTF8.self).split(separator: "\n").dropFirst()
    #expect(lines.count == 40 && lines.allSatisfy { $0.contains(",basic,north,") })
    // Without a condition, samples follow the data, where all combinations occur.
    let others = try model.sampleBlocking(count: 300, seed: 1)
    #expect(
      others.table.column("plan")?.kind == .categorical
        && others.matrix.columns == samples.matrix.columns)
    #expect(try model.sampleBlocking(count: 0, seed: 1).table.rowCount == 0)
    #expect {
      try model.sampleBlocking(count: 1, seed: 1, where: ["plan": "none"])
    } throws: {
      "\($0)".contains("plan has no category \"none\"; it has")
    }
    #expect {
      try SmallTraining.model.get().sampleBlocking(count: 1, seed: 1, where: ["plan": "basic"])
    } throws: {
      "\($0)".hasPrefix("the model was trained without conditions; leave out plan")
    }
  }

  /// The files are an array of images, and a table with a condition whose cells are numbers.
  @Test func filesAreReadAsByTheTool() throws {
    let shape = try #require(ImageShape(width: 4, height: 3))
    try TemporaryFile.with("bars.npy") { path in
      let images = (0..<40).map { image in
        Matrix<Float>(rows: 3, columns: 4) { Float(($0 + $1 + image) % 5) }
      }
      try Data(NPY.bytes(ofStates: images)).write(to: URL(fileURLWithPath: path))
      let trainer = try Trainer(
        on: DataFile(path, image: shape), epochs: 1, configure: SmallTraining.configure)
      let samples = try trainer.runBlocking().sampleBlocking(count: 5, seed: 1)
      #expect(samples.table.columns.count == 12)
    }
    try TemporaryFile.with("labels.csv") { path in
      let rows = (0..<40).map { "\($0 % 3),\($0 * 7 % 11).5" }.joined(separator: "\n")
      try Data("kind,size\n\(rows)\n".utf8).write(to: URL(fileURLWithPath: path))
      let trainer = try Trainer(
        on: DataFile(path, conditions: ["kind"]), epochs: 1, configure: SmallTraining.configure)
      let samples = try trainer.runBlocking()
        .sampleBlocking(count: 5, seed: 1, where: ["kind": "2"])
      #expect(
        String(decoding: samples.csv, as: UTF8.self).split(separator: "\n").dropFirst()
          .allSatisfy { $0.hasPrefix("2,") })
    }
  }

  @Test func aTableOfNumbersIsTrainedOnAsItsCoordinates() throws {
    // Numbers alone, most of which occur once.
    let table = Table([
      Column("a", (0..<60).map { Double($0 * 7 % 61) }),
      Column("b", (0..<60).map { Double($0) / 3 }),
    ])
    let encoding = try TableEncoding(table)
    let points = try encoding.encode(table, random: RandomPurpose.dataset.stream(seed: 1))
    let ofTable = try Trainer(on: table, epochs: 2, seed: 1, configure: SmallTraining.configure)
    let ofPoints = try Trainer(on: points, epochs: 2, seed: 1, configure: SmallTraining.configure)
    #expect(try ofTable.runBlocking().bits == ofPoints.runBlocking().bits)
    #expect(ofTable.configuration.table == encoding && ofPoints.configuration.table == nil)
  }

  /// A file that names other discrete columns than training chose must not stop the program.
  @Test(arguments: [[], [0, 0], [99], [-1]])
  func impossibleDiscreteColumnsAreRefused(_ columns: [Int]) throws {
    let trainer = try Trainer(
      on: CustomerTable.table(), epochs: 1, configure: SmallTraining.configure)
    var configuration = trainer.configuration
    #expect(configuration.model.discreteColumns?.isEmpty == false)
    configuration.model.discreteColumns = columns
    #expect(throws: CheckpointError.self) { try configuration.validate() }
  }
}
