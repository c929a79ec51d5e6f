#if canImport(FoundationEssentials)
import FoundationEssentials
import LinearAlgebra
#else
import Foundation
import LinearAlgebra
#endif

/// What a run found out.
struct Report: Hashable, Codable {
  /// This program's version.
  let version: String
  /// What was asked for.
  let settings: Settings
  /// Where it ran.
  let environment: Environment
  /// What the processor can do.
  let peak: Peak
  /// What was measured.
  let rows: [Row]
  /// What others did meanwhile.
  let disturbance: Disturbance
  /// Why the figures may mislead.
  let warnings: [String]

  /// A report on `rows`.
  init(
    settings: Settings, environment: Environment, peak: Peak, rows: [Row],
    disturbance: Disturbance
  ) {
    version = packageVersion
    self.settings = settings
    self.environment = environment
    self.peak = peak
    self.rows = rows.map { $0.compared(with: peak) }
    self.disturbance = disturbance
    warnings = Warnings.of(settings, environment, disturbance, peak, rows)
  }

  /// One object, its keys sorted.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
