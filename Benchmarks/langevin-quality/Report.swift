import LinearAlgebra

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The results of a run.
struct Report: Encodable {
  /// The version of this program.
  private let version = packageVersion
  /// The outcomes of each section, by its name.
  private var sections: [String: [Outcome]] = [:]

  private enum CodingKeys: String, CodingKey { case version, sections }

  mutating func add(_ section: Section, _ outcomes: [Outcome]) {
    sections[section.rawValue] = outcomes
  }

  func outcomes(of section: Section) -> [Outcome] { sections[section.rawValue] ?? [] }

  /// Returns one JSON object with sorted keys.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
