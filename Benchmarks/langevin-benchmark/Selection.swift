/// The selection of rows by the user's filter.
enum Selection {
  /// Returns the `subjects` whose section or name contains `filter`, or all of them without a filter.
  ///
  /// - Throws: ``BenchmarkError/nothingMatches(filter:groups:)``.
  static func rows(_ subjects: [Subject], filter: String?) throws(BenchmarkError) -> [Subject] {
    guard let filter else { return subjects }
    let text = normalized(filter)
    let chosen = subjects.filter { normalized("\($0.section.rawValue) \($0.name)").contains(text) }
    if chosen.isEmpty {
      throw .nothingMatches(
        filter: filter,
        groups: Section.allCases.map { section in
          let groups = distinct(subjects.filter { $0.section == section }.map(\.group))
          return "\(section.rawValue) (\(groups.joined(separator: ", ")))"
        })
    }
    return chosen
  }

  /// Returns `text` in a form that is easy to type: `128x2x128` matches `128 × 2 × 128`.
  private static func normalized(_ text: String) -> String {
    let plain = ["×": "x", "→": "->"]
    return text.lowercased().filter { $0 != " " }.map { plain[String($0)] ?? String($0) }.joined()
  }

  private static func distinct(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
