/// Functions that write HTML.
package enum HTML {
  /// Returns `text` for use as content and in quoted attributes: characters with a meaning in HTML are
  /// escaped, and control characters are replaced.
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

  /// Returns a description list of names, each with its text.
  static func list(_ lines: [(name: String, text: String)]) -> String {
    let items = lines.map { line in
      "<div><dt>\(escaped(line.name))</dt><dd>\(escaped(line.text))</dd></div>"
    }
    return "<dl>\n\(items.joined(separator: "\n"))\n</dl>"
  }

  /// The legend of a picture with data and samples.
  static let key = """
    <ul class="key"><li class="data">data</li><li class="samples">samples</li></ul>
    """

  /// Returns a caption of `text`, for below a picture.
  static func caption(_ text: String) -> String {
    "<figcaption>\(escaped(text))</figcaption>"
  }

  /// Returns a paragraph of `text`.
  static func paragraph(_ text: String) -> String { "<p>\(escaped(text))</p>" }
}
