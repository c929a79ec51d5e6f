/// A part of a report, under a title of its own.
///
/// What kinds of section there are is a matter of extensions: each file `ReportSection+….swift` makes
/// one of some data, and ``ReportPage`` takes any.
package struct ReportSection: Sendable, Hashable {
  /// The section's name in addresses: letters and hyphens, another in each section of a page.
  package var id: String
  /// The title, as plain text.
  package var title: String
  /// What stands below the title, as HTML.
  package var html: String

  /// The section `title` with the content `html`.
  package init(id: String, title: String, html: String) {
    self.id = id
    self.title = title
    self.html = html
  }
}
