import Checkpoints
import Foundation
import LinearAlgebra
import Tables
import Testing

/// Varied tables like those of users: train, sample, evaluate, report, and resume.
///
/// `make test-tables TABLES=500` tests more tables, and `make test-tables TABLE=137` tests a single one.
@Suite struct TableVarietyTests {
  private static let variables = ProcessInfo.processInfo.environment
  private static let tableCount = variables["LANGEVIN_TABLES"].flatMap { Int($0) }

  /// Whether every table gets all measures and a report, which take seconds in an unoptimized build.
  private static let isThorough = tableCount != nil

  static let numbers =
    variables["LANGEVIN_TABLE"].flatMap { Int($0) }.map { [$0] }
    ?? Array(0..<(tableCount ?? GeneratedTable.smallCount))

  /// The number of samples, as small as possible.
  private static let count = 40

  @Test(arguments: numbers)
  func trainsOnEveryTable(_ number: Int) throws {
    let table = GeneratedTable(number)
    let folder = try TemporaryFolder()
    try folder.write(table.csv, to: "table.csv")
    func evaluate(_ arguments: [String]) throws -> [String: Any] {
      try Tool.succeed(
        ["evaluate"] + arguments + ["--count", "\(Self.count)", "--sets", "2", "--json"],
        in: folder
      ).json()
    }
    let options = Self.options(table)
    try Tool.succeed(options + ["--epochs", "1"], in: folder)
    let prior = number % 2 == 0 ? "moments" : "standard"
    try Tool.succeed(
      ["sample", "run", "--count", "\(Self.count)", "--output", "samples.csv", "--quiet"]
        + ["--prior", prior], in: folder)
    let samples = Self.csvRows(try folder.text("samples.csv"))
    try Self.expectSamples(of: table, samples)

    let model = try folder.run.configuration().model
    let isWhole = Self.isThorough || number % 6 == 4
    let isSmall = table.rowCount <= 2000 && model.dimension <= 8
    if isWhole {
      try Self.expectDistances(
        evaluate(
          ["run"] + (isSmall && model.dimension > 0 && number % 3 == 0 ? ["--likelihood"] : [])))
      // The oracle knows no categories.
      if isSmall && model.dimension <= 3 && model.contextWidth == 0 && model.discreteColumns == nil
        && table.rowCount >= 12
      {
        _ = try evaluate(["run", "--oracle"])
      }
      try Tool.succeed(
        [
          "report", "run", "--count", "\(Self.count)", "--sets", "2", "--output", "report.html",
          "--quiet",
        ], in: folder)
    }
    try Self.expectDistances(
      evaluate(
        ["samples.csv", "--against", "table.csv"]
          + (isWhole && table.rowCount <= 5000 ? [] : ["--measures", "frechet,std_difference"])))
    try Tool.succeed(["info", "run"], in: folder)
    try Tool.succeed(["resume", "run", "--epochs", "2", "--quiet"], in: folder)
    try Tool.succeed(options + ["--epochs", "3", "--resume"], in: folder)
  }

  /// Decoding the coordinates of a table restores its cells.
  @Test(arguments: numbers)
  func coordinatesRestoreEveryTable(_ number: Int) throws {
    let generated = GeneratedTable(number)
    let table = try Table(csv: [UInt8](generated.csv))
    let encoding = try TableEncoding(table)
    #expect(encoding.problem == nil)
    let back = encoding.decode(try encoding.encode(table, random: RandomStream(seed: 1)))
    for (column, other) in zip(table.columns, back.columns) {
      guard case .numbers(let numbers) = column.cells, case .numbers(let others) = other.cells
      else {
        #expect(column == other)
        continue
      }
      // With more distinct numbers, only some are stored, and the others are interpolated.
      let isExact = Set(numbers).count <= 1000
      for (number, other) in zip(numbers, others) where number != other || !isExact {
        #expect(number.isNaN == other.isNaN, "\(column.name)")
        if isExact && !number.isNaN {
          #expect(column.style.rounded(number) == other, "\(column.name)")
        }
      }
    }
  }

  /// Returns the training options for a table, without the number of epochs; they vary among tables.
  private static func options(_ table: GeneratedTable) -> [String] {
    var options = ["train", "table.csv", "--hidden", "8,8", "--output", "run", "--quiet"]
    let rows = table.rowCount
    var heldOut = 0.0
    if rows > 5000 {
      // Samples are compared with the held-out rows.
      heldOut = 1000 / Double(rows)
    } else if table.number % 3 == 1 && rows >= 20 {
      heldOut = 0.2
    }
    if heldOut > 0 { options += ["--held-out", "\(heldOut)"] }
    if table.number % 5 == 3 {
      options += ["--preset", "fixed", "--steps", "20", "--batch", "\(min(64, (rows + 1) / 2))"]
    } else if table.number % 4 == 1, let condition = table.condition {
      options += ["--condition", "\"\(condition)\""]
    }
    return options
  }

  /// Checks that samples have the columns of the table and cells that occur in it.
  private static func expectSamples(of table: GeneratedTable, _ rows: [[String]]) throws {
    #expect(rows.first == table.columns.map(\.name))
    #expect(rows.count == count + 1)
    try #require(rows.allSatisfy { $0.count == table.columns.count })
    for (index, column) in table.columns.enumerated() {
      let (texts, range) = (column.texts, column.range)
      // Numbers are written as 32-bit floats unless the table has few digits.
      let slack = 1e-6 * max(range.lowerBound.magnitude, range.upperBound.magnitude)
      for row in rows.dropFirst() {
        let cell = row[index]
        if cell.isEmpty || cell == "NA" {
          #expect(column.hasMissing, "\(column.name): \(cell)")
        } else if column.isNumeric {
          let number = try #require(Double(cell), "\(column.name): \(cell)")
          #expect(
            number >= range.lowerBound - slack && number <= range.upperBound + slack,
            "\(column.name): \(cell)")
        } else {
          #expect(texts.contains(cell), "\(column.name): \(cell)")
        }
      }
    }
  }

  /// Checks that distances are not negative, except estimates whose expectation is 0.
  private static func expectDistances(_ outcome: [String: Any]) throws {
    let report = try #require(outcome["report"] as? [String: Any])
    let results = try #require(report["results"] as? [[String: Any]])
    for result in results {
      let measure = try #require(result["measure"] as? String)
      if ["energy", "mmd2", "knn_kl_bits"].contains(measure) { continue }
      for name in ["value", "floor"] {
        let spread = try #require(result[name] as? [String: Any])
        let least = try #require(spread["minimum"] as? Double)
        #expect(least >= 0, "\(measure): \(least)")
      }
    }
  }

  /// Returns the cells of a CSV file, by RFC 4180.
  private static func csvRows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var previous: Character = "\n"
    for character in text {
      defer { previous = character }
      switch character {
      case "\"":
        // The second of two quotation marks in a quoted cell opens the cell again.
        if !isQuoted && previous == character { cell.append(character) }
        isQuoted.toggle()
      case "," where !isQuoted:
        row.append(cell)
        cell = ""
      case "\n" where !isQuoted:
        rows.append(row + [cell])
        (row, cell) = ([], "")
      default: cell.append(character)
      }
    }
    return rows
  }
}
