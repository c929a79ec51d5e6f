/// A part of a report with its own title.
///
/// Extensions define the kinds of sections: each file `ReportSection+….swift` creates one kind from some
/// data. ``ReportPage`` accepts any section.
package struct ReportSection: Sendable, Hashable {
  /// The identifier of the section in links: letters and hyphens, unique on a page.
  package var id: String
  /// The title, as plain text.
  package var title: String
  /// The content below the title, as HTML.
  package var html: String

  /// Creates a section with a title and the content `html`.
  package init(id: String, title: String, html: String) {
    self.id = id
    self.title = title
    self.html = html
  }
}

extension ReportSection {
  /// The usual limit of the number of columns in a section. The time to correlate columns grows with the
  /// square of their number.
  package static let mostColumns = 24
}

extension ReportSection {
  /// Returns a section with a sentence instead of its usual content.
  package static func message(id: String, title: String, _ text: String) -> ReportSection {
    ReportSection(id: id, title: title, html: HTML.paragraph(text))
  }
}

extension ReportSection {
  /// Returns a section with the settings of a run, `lines` of a name and a text.
  package static func settings(_ lines: [(name: String, text: String)]) -> ReportSection {
    ReportSection(id: "settings", title: "Settings", html: HTML.list(lines))
  }
}
