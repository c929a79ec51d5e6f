#if canImport(FoundationEssentials)
import FoundationEssentials
import LinearAlgebra
#else
import Foundation
#endif

/// What a run found out.
struct Report: Hashable, Codable {
  /// This program's version.
  let version: String
  /// Where it ran.
  let environment: Environment
  /// What was asked for.
  let rows: [Row]
  /// The fastest product, which may have been measured for this alone.
  let best: BestRate?
  /// The fastest product by one thread: what steps of the model are compared with.
  let bestOfOneThread: BestRate?
  /// How much of the measured time this process had a processor; nil if it used several.
  let processorShare: Double?
  /// Why the figures may mislead.
  let warnings: [String]

  /// A report on `rows`; `reference` are products that were measured for their rate alone.
  init(
    environment: Environment, rows: [Row], reference: [Row] = [], processorShare: Double? = nil
  ) {
    version = packageVersion
    self.environment = environment
    self.rows = rows
    best = .of(rows + reference)
    bestOfOneThread = .of(rows + reference, oneThread: true)
    self.processorShare = processorShare
    warnings = Warnings.of(environment, rows, processorShare: processorShare)
  }

  /// One object, its keys sorted.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
