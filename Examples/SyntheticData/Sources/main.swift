// Serves rows that resemble those of a table to many callers, from a model that is loaded once.
import Foundation
import Langevin

/// A service whose `syntheticRows` can be called from any number of tasks at the same time.
struct SyntheticData {
  let model: GenerativeModel

  /// Loads the model in `folder`, written by `langevin train` or `save(to:)`.
  init(folder: String) throws { model = try GenerativeModel(contentsOf: folder) }

  /// Returns `count` rows; the same seed gives the same rows.
  func syntheticRows(count: Int, seed: UInt64) async throws -> Table {
    try await model.sample(count: count, seed: seed).table
  }
}

// Done once, beforehand: train a model of the customers and save it.
let customers = CommandLine.arguments.dropFirst().first ?? "Examples/customers.csv"
let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())").path
defer { try? FileManager.default.removeItem(atPath: folder) }
try await Trainer(on: DataFile(customers, dropping: ["id"]), epochs: 30, seed: 1).run()
  .save(to: folder)

// Sixteen callers, in pairs that request the same rows.
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
  print(String(decoding: table.csv, as: UTF8.self), terminator: "")
}
print("\(tables.values.reduce(0) { $0 + $1.rowCount }) rows for \(tables.count) callers")
let isSame = stride(from: 0, to: 16, by: 2).allSatisfy { tables[$0] == tables[$0 + 1] }
print("the same seed gives the same rows: \(isSame)")
