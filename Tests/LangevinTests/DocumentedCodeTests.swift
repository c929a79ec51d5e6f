import Foundation
import Testing

/// The code in the documents is code that is built and run: lines of an example or of a test in this folder.
@Suite struct DocumentedCodeTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Returns the lines of the file at `path`, without indentation and without empty lines.
  private static func lines(_ path: String) throws -> [Substring] {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      .split(separator: "\n").map { $0.drop { $0 == " " } }
      .filter { !$0.isEmpty }
  }

  private static func files(_ folder: String, _ ending: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: root.appendingPathComponent(folder).path)
      .filter { $0.hasSuffix(ending) && !$0.contains(".build") }.map { "\(folder)/\($0)" }
  }

  /// Returns the Swift code blocks of a document.
  private static func blocks(_ path: String) throws -> [[Substring]] {
    var blocks: [[Substring]] = []
    var block: [Substring]?
    for line in try lines(path) {
      switch (line, block) {
      case ("```swift", _): block = []
      case ("```", let lines?):
        blocks.append(lines)
        block = nil
      case (_, let lines?): block = lines + [line]
      default: break
      }
    }
    return blocks
  }

  @Test func codeOfTheArticlesRuns() throws {
    let sources = try
      (Self.files("Examples", ".swift") + Self.files("Tests/LangevinTests", ".swift"))
      .map(Self.lines)
    var count = 0
    for article in try Self.files("Sources/Langevin/Langevin.docc", ".md") {
      for block in try Self.blocks(article) {
        #expect(sources.contains { $0.contains(block) }, "\(article): \(block)")
        count += 1
      }
    }
    #expect(count > 8)
  }

  @Test func theTenLinesAreThoseOfAnExample() throws {
    let example = try Self.lines("Examples/SwissRoll/Sources/main.swift")
    let tenLines = try #require(
      Self.blocks("README.md").first { $0.contains("import Langevin") })
    #expect(example.contains(tenLines) && tenLines.count <= 12)
  }
}
