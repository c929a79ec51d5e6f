@testable import Plots

/// The elements of an SVG that tests examine.
struct SVGDocument {
  /// The start tags, without their brackets.
  private(set) var tags: [Substring] = []
  /// Whether each start tag has its end tag, in the right order, and there is one root.
  private(set) var isWellFormed = true

  init(_ plot: some Plot) throws {
    self.init(String(decoding: try plot.encoded(as: .svg), as: UTF8.self))
  }

  init(_ text: String) {
    var open: [Substring] = []
    var roots = 0
    for piece in text.split(separator: "<") {
      guard let end = piece.firstIndex(of: ">") else {
        isWellFormed = false
        continue
      }
      let tag = piece[..<end]
      if tag.hasPrefix("?") || tag.hasPrefix("!") { continue }
      let name = tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "/" }
      if tag.hasPrefix("/") {
        if open.popLast() != name { isWellFormed = false }
        continue
      }
      if open.isEmpty { roots += 1 }
      tags.append(tag)
      if !tag.hasSuffix("/") { open.append(name) }
      if tag.split(separator: "\"", omittingEmptySubsequences: false).count.isMultiple(of: 2) {
        isWellFormed = false
      }
    }
    if !open.isEmpty || roots != 1 { isWellFormed = false }
  }

  /// The places of all letters.
  var glyphs: [Point] { texts.flatMap(\.self) }

  /// The texts: the places of their letters, from left to right.
  var texts: [[Point]] {
    tags.split { !$0.hasPrefix("use ") }.map { letters in
      letters.map { Point(x: Self.number("x", in: $0), y: Self.number("y", in: $0)) }
    }
  }

  /// The centers of all discs, which are lines of length zero.
  var discs: [Point] {
    tags.compactMap { tag -> Point? in
      guard tag.hasPrefix("path "), tag.contains("stroke-linecap:round"),
        let start = tag.firstRange(of: " d=\"")
      else { return nil }
      let words = tag[start.upperBound...].prefix { $0 != "\"" }.split(separator: " ")
      guard words.count == 6, words[1] == words[4], words[2] == words[5],
        let x = Double(words[1]), let y = Double(words[2])
      else { return nil }
      return Point(x: x, y: y)
    }
  }

  /// The corners of all lines, x and y alternating.
  var lines: [[Double]] {
    tags.compactMap { tag -> [Double]? in
      guard tag.hasPrefix("path "), tag.contains("stroke-linecap:round"),
        let start = tag.firstRange(of: " d=\"")
      else { return nil }
      return tag[start.upperBound...].prefix { $0 != "\"" }.split(separator: " ")
        .compactMap { Double($0) }
    }
  }

  private static func number(_ name: String, in tag: Substring) -> Double {
    guard let start = tag.firstRange(of: " \(name)=\"") else { return .nan }
    return Double(tag[start.upperBound...].prefix { $0 != "\"" }) ?? .nan
  }
}
