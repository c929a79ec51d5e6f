#if canImport(FoundationEssentials)
import FoundationEssentials
import LinearAlgebra
#else
import Foundation
import LinearAlgebra
#endif

/// The results of a run.
struct Report: Hashable, Codable {
  /// The version of this program.
  let version: String
  /// The user's settings.
  let settings: Settings
  /// The machine and environment of the run.
  let environment: Environment
  /// The measured peak of the processor.
  let peak: Peak
  /// The measured rows.
  let rows: [Row]
  /// The use of the processors by other programs.
  let disturbance: Disturbance
  /// The conditions that invalidate the figures.
  let warnings: [String]

  /// Creates the report on `rows`.
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

  /// Returns one JSON object with sorted keys.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
