extension ReportSection {
  /// What was trained: `lines` of a name and a text.
  package static func settings(_ lines: [(name: String, text: String)]) -> ReportSection {
    ReportSection(id: "settings", title: "What was trained", html: HTML.list(lines))
  }
}
