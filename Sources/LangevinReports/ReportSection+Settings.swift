extension ReportSection {
  /// Returns a section with the settings of a run, `lines` of a name and a text.
  package static func settings(_ lines: [(name: String, text: String)]) -> ReportSection {
    ReportSection(id: "settings", title: "Settings", html: HTML.list(lines))
  }
}
