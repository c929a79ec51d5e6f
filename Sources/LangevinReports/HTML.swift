/// Text as HTML has it.
package enum HTML {
  /// `text` with the characters escaped that mean something in HTML, in content and in attributes in
  /// quotes, and those replaced that HTML cannot hold.
  package static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      case _ where scalar.properties.generalCategory == .control: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A list of names, each with its text.
  static func list(_ lines: [(name: String, text: String)]) -> String {
    let items = lines.map { line in
      "<div><dt>\(escaped(line.name))</dt><dd>\(escaped(line.text))</dd></div>"
    }
    return "<dl>\n\(items.joined(separator: "\n"))\n</dl>"
  }

  /// What the two colors of a picture stand for.
  static let key = """
    <ul class="key"><li class="data">data</li><li class="samples">samples</li></ul>
    """

  /// What stands below a picture.
  static func caption(_ text: String) -> String {
    "<figcaption>\(escaped(text))</figcaption>"
  }

  /// A paragraph of `text`.
  static func paragraph(_ text: String) -> String { "<p>\(escaped(text))</p>" }
}
