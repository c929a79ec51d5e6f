/// The elements of a page that tests examine.
struct HTMLDocument {
  /// The start tags, without their brackets.
  private(set) var tags: [Substring] = []
  /// Whether each element has its end tag, in the right order, and each attribute its quotes.
  private(set) var isWellFormed = true

  private static let withoutEnd: Set = ["meta", "link", "input", "br", "img", "path", "rect"]

  init(_ html: String) {
    var open: [Substring] = []
    var text = html[...]
    while let start = text.firstIndex(of: "<") {
      text = text[text.index(after: start)...]
      guard let end = text.firstIndex(of: ">") else {
        isWellFormed = false
        return
      }
      let tag = text[..<end]
      text = text[text.index(after: end)...]
      if tag.hasPrefix("!") { continue }
      let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
      if tag.hasPrefix("/") {
        if open.popLast() != name { isWellFormed = false }
        continue
      }
      tags.append(tag)
      if tag.count(where: { $0 == "\"" }) % 2 != 0 || name.isEmpty { isWellFormed = false }
      if !Self.withoutEnd.contains(String(name)) { open.append(name) }
      // The contents of these elements are not markup.
      if name == "script" || name == "style", let end = text.firstRange(of: "</\(name)>") {
        text = text[end.lowerBound...]
      }
    }
    if !open.isEmpty { isWellFormed = false }
  }

  /// Returns the values of `attribute` in all tags.
  func values(of attribute: String) -> [String] {
    tags.compactMap { tag in
      guard let start = tag.firstRange(of: " \(attribute)=\"") else { return nil }
      return String(tag[start.upperBound...].prefix { $0 != "\"" })
    }
  }
}
