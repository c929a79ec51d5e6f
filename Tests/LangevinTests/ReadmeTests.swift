import Foundation
import Testing

/// What the documents show is code that is built and run: that of an example.
@Suite struct ReadmeTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test(arguments: ["README.md", "Sources/Langevin/Langevin.docc/Langevin.md"])
  func theTenLinesAreThoseOfTheExample(document: String) throws {
    let example = try Self.text("Examples/SwissRoll/Sources/main.swift")
    let blocks = try Self.text(document).components(separatedBy: "```swift\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
    let tenLines = try #require(blocks.first { $0.hasPrefix("import Foundation\nimport Langevin\n") })
    #expect(tenLines.split(separator: "\n").count <= 12)
    #expect(example.contains(tenLines))
  }
}
