extension ReportSection {
  /// Returns a section with a sentence instead of its usual content.
  package static func message(id: String, title: String, _ text: String) -> ReportSection {
    ReportSection(id: id, title: title, html: HTML.paragraph(text))
  }
}
