/// A report as a single HTML file, which contains style, script, pictures and numbers.
///
/// Its security policy forbids network requests. The page has no date, so the same run gives the same page.
package struct ReportPage: Sendable {
  /// An important number, shown at the top.
  package struct Figure: Sendable, Hashable {
    /// The number.
    package var value: String
    /// The name of the number.
    package var name: String

    /// Creates the figure `value` with the name `name`.
    package init(_ value: String, _ name: String) {
      self.value = value
      self.name = name
    }
  }

  /// The title, as plain text.
  package var title: String
  /// The most important sentence, as plain text.
  package var summary: String
  /// The important numbers, below the summary.
  package var figures: [Figure]
  /// The sections, in their order on the page.
  package var sections: [ReportSection]
  /// The text at the end of the page, as plain text: the program that wrote it.
  package var colophon: String

  /// Creates a page of `sections`.
  package init(
    title: String, summary: String, figures: [Figure] = [], sections: [ReportSection],
    colophon: String = ""
  ) {
    self.title = title
    self.summary = summary
    self.figures = figures
    self.sections = sections
    self.colophon = colophon
  }

  /// The page as HTML.
  package var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
    style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="data:,">
    <title>\(HTML.escaped(title))</title>
    <style>
    \(Self.style)
    </style>
    </head>
    <body>
    <a class="skip" href="#\(sections.first?.id ?? "")">Skip to the first section</a>
    <header>
    <h1>\(HTML.escaped(title))</h1>
    <p class="summary">\(HTML.escaped(summary))</p>
    \(figureList)\(contents)</header>
    <main>
    \(sections.map(Self.html).joined(separator: "\n"))
    </main>
    <footer>\(HTML.paragraph(colophon))</footer>
    <script>
    \(Self.script)
    </script>
    </body>
    </html>

    """
  }

  private var figureList: String {
    if figures.isEmpty { return "" }
    let items = figures.map {
      "<div><dt>\(HTML.escaped($0.name))</dt><dd>\(HTML.escaped($0.value))</dd></div>"
    }
    return "<dl class=\"figures\">\(items.joined())</dl>\n"
  }

  private var contents: String {
    let items = sections.map {
      "<li><a href=\"#\(HTML.escaped($0.id))\">\(HTML.escaped($0.title))</a></li>"
    }
    return """
      <nav aria-label="Sections"><ul>
      \(items.joined(separator: "\n"))
      </ul></nav>

      """
  }

  private static func html(_ section: ReportSection) -> String {
    let id = HTML.escaped(section.id)
    return """
      <section id="\(id)" aria-labelledby="\(id)-title">
      <h2 id="\(id)-title">\(HTML.escaped(section.title))</h2>
      \(section.html)
      </section>
      """
  }
}
