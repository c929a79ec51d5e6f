/// The rows that the user wants.
enum Selection {
  /// Those of `subjects` whose name contains `filter`; all without one.
  ///
  /// - Throws: ``BenchmarkError/nothingMatches(filter:groups:)``.
  static func rows(_ subjects: [Subject], filter: String?) throws(BenchmarkError) -> [Subject] {
    guard let filter else { return subjects }
    let text = normalised(filter)
    let chosen = subjects.filter { normalised($0.name).contains(text) }
    if chosen.isEmpty {
      var groups: [String] = []
      for subject in subjects where !groups.contains(subject.group) {
        groups.append(subject.group)
      }
      throw .nothingMatches(filter: filter, groups: groups)
    }
    return chosen
  }

  /// Without what is hard to type: `128x2x128` finds `128 × 2 × 128`.
  private static func normalised(_ text: String) -> String {
    String(text.lowercased().filter { $0 != " " }.map { $0 == "×" ? "x" : $0 })
  }
}
