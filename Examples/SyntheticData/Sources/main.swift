// Rows that look like those of a table, for as many callers as there are, of a model loaded once.
import Foundation
import Langevin

/// A service: `syntheticRows` may be called from any task, as often and as many at a time as you like.
struct SyntheticData {
  let model: GenerativeModel

  /// Loads the model in `folder`, which `langevin train` or `save(to:)` has written.
  init(folder: String) throws { model = try GenerativeModel(contentsOf: folder) }

  /// `count` rows; the same seed gives the same ones.
  func syntheticRows(count: Int, seed: UInt64) async throws -> Table {
    try await model.sample(count: count, seed: seed).table
  }
}

// What is done once, on another day: a model of the customers is trained, and saved.
let customers = CommandLine.arguments.dropFirst().first ?? "Examples/customers.csv"
let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())").path
defer { try? FileManager.default.removeItem(atPath: folder) }
try await Trainer(on: DataFile(customers, dropping: ["id"]), epochs: 30, seed: 1).run()
  .save(to: folder)

// Sixteen callers, of whom every second one asks for what another has asked for.
let service = try SyntheticData(folder: folder)
var tables: [Int: Table] = [:]
try await withThrowingTaskGroup(of: (Int, Table).self) { group in
  for caller in 0..<16 {
    group.addTask {
      (caller, try await service.syntheticRows(count: 250, seed: UInt64(caller / 2)))
    }
  }
  for try await (caller, table) in group { tables[caller] = table }
}
if let table = tables[0]?.rows(at: 0..<5) {
  print(String(decoding: CSV.bytes(of: table), as: UTF8.self), terminator: "")
}
print("\(tables.values.reduce(0) { $0 + $1.rowCount }) rows for \(tables.count) callers")
let isSame = stride(from: 0, to: 16, by: 2).allSatisfy { tables[$0] == tables[$0 + 1] }
print("the same seed gives the same rows: \(isSame)")
