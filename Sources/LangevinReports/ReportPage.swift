/// A report as one file of HTML that needs no other: style, script, pictures and numbers lie in it, and
/// it tells the browser to ask the network for nothing.
///
/// It holds no date, so that the same run gives the same page.
package struct ReportPage: Sendable {
  /// A number that is worth seeing first.
  package struct Figure: Sendable, Hashable {
    /// The number.
    package var value: String
    /// What it is.
    package var name: String

    /// The number `value`, which is `name`.
    package init(_ value: String, _ name: String) {
      self.value = value
      self.name = name
    }
  }

  /// The title, as plain text.
  package var title: String
  /// The most important sentence, as plain text.
  package var summary: String
  /// A few numbers, below the summary.
  package var figures: [Figure]
  /// The sections, in their order.
  package var sections: [ReportSection]
  /// What stands at the end, as plain text: what made the page.
  package var colophon: String

  /// A page of `sections`.
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

  /// The page.
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
      <section id="\(id)" aria-labeledby="\(id)-title">
      <h2 id="\(id)-title">\(HTML.escaped(section.title))</h2>
      \(section.html)
      </section>
      """
  }
}
