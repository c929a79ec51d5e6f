extension ReportSection {
  /// A sentence in place of what there should be.
  package static func message(id: String, title: String, _ text: String) -> ReportSection {
    ReportSection(id: id, title: title, html: HTML.paragraph(text))
  }
}
