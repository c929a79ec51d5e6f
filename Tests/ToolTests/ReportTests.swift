import Foundation
import Testing

/// The report of a run.
@Suite struct ReportTests {
  private static let options = ["--count", "100", "--sets", "2"]

  @Test(arguments: [false, true])
  func writesThePage(isBest: Bool) throws {
    let folder = try TrainedRun.copy(isBest: isBest)
    let arguments = ["report", "run", "--output", "report.html"] + Self.options
    let result = try Tool.succeed(arguments, in: folder)
    #expect(result.outputText == "wrote report.html\n")
    #expect(result.errors.isEmpty)
    let page = try folder.text("report.html")
    #expect(page.contains("<title>A run on \(isBest ? "moons" : "swiss-roll")</title>"))
    for id in [
      "settings", "samples", "reverse", "distances", "columns", "correlations", "loss", "schedule",
    ] {
      #expect(page.contains("<section id=\"\(id)\""), "\(id)")
    }
    #expect(page.utf8.count < 1_000_000)
    try Tool.succeed(arguments + ["--threads", "3", "--quiet"], in: folder)
    #expect(try folder.text("report.html") == page)
  }

  @Test func usesTheRequestedSampler() throws {
    let folder = try TrainedRun.copy()
    try Tool.succeed(
      ["report", "run", "--output", "a.HTML", "--sampler", "ddim", "--steps", "2"] + Self.options,
      in: folder)
    #expect(try folder.text("a.HTML").contains("step 2 of 2"))
  }

  @Test func reportsTheColumnsOfATable() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<120).map { "\($0 % 7),\(Double($0) / 3),\($0 % 3 == 0 ? "<red>" : "blue")" }
    try folder.write(
      Data("size,weight,color\n\(rows.joined(separator: "\n"))\n".utf8), to: "things.csv")
    try Tool.succeed(
      ["train", "things.csv", "--hidden", "8", "--epochs", "1", "--quiet", "--output", "run"],
      in: folder)
    try Tool.succeed(["report", "run", "--output", "a.html"] + Self.options, in: folder)
    let page = try folder.text("a.html")
    for text in ["<h3>size</h3>", "<h3>weight</h3>", "<caption>color</caption>", "&lt;red&gt;"] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(!page.contains("<section id=\"reverse\""))
    let line = try Tool.refuse(["animate", "run", "--output", "a.webp"], in: folder)
    #expect(line.contains("column"))
  }

  /// A model whose parameters are finite but so large that its samples are not.
  @Test func reportsNonFiniteSamples() throws {
    let folder = try TrainedRun.copy()
    var bytes = try folder.bytes("run/model.safetensors")
    let huge = (0..<4).map { UInt8(truncatingIfNeeded: Float(3e38).bitPattern >> (8 * $0)) }
    for place in stride(from: bytes.count - 32, to: bytes.count, by: 4) {
      bytes.replaceSubrange(place..<place + 4, with: huge)
    }
    try folder.write(bytes, to: "run/model.safetensors")
    try Tool.succeed(["report", "run", "--output", "a.html"] + Self.options, in: folder)
    #expect(try folder.text("a.html").contains("The samples cannot be compared with the data."))
    try Tool.succeed(
      ["animate", "run", "--output", "a.webp", "--frames", "2", "--size", "64", "--count", "20"],
      in: folder)
  }

  @Test(arguments: [
    ["--count=0"], ["--sets=1"], ["--sets=1001"], ["--steps=0"], ["--output=a.pdf"], ["--output=a"],
    ["--count=1000000000000"],
  ])
  func rejectsInvalidRequests(options: [String]) throws {
    let line = try Tool.refuse(
      ["report", "run", "--output", "a.html"] + options, in: TrainedRun.copy())
    let name = options[0].prefix { $0 != "=" }
    #expect(line.contains(name == "--output" ? ".html" : name))
  }

  @Test func rejectsFoldersWithoutARun() throws {
    let line = try Tool.refuse(["report", "none", "--output", "a.html"], in: TrainedRun.copy())
    #expect(line.contains("none"))
  }
}
