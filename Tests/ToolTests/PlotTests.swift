import Foundation
import Testing

/// Pictures of a run.
@Suite struct PlotTests {
  @Test(arguments: ["samples", "reverse", "field", "loss"], ["png", "svg"])
  func drawsEveryKindInEveryFormat(kind: String, format: String) throws {
    let folder = try TrainedRun.copy()
    let name = "picture.\(format)"
    let result = try Tool.succeed(
      ["plot", "run", "--kind", kind, "--output", name]
        + (kind == "loss" ? [] : ["--count", "100"]), in: folder)
    #expect(result.outputText == "wrote \(name)\n")
    #expect(result.errors.isEmpty)
    let bytes = try folder.bytes(name)
    if format == "png" {
      #expect([UInt8](bytes.prefix(8)) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    } else {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.contains("<svg "))
      #expect(text.contains("</svg>"))
    }
  }

  @Test func kindsDiffer() throws {
    let folder = try TrainedRun.copy()
    let pictures = try ["samples", "reverse", "field", "loss"].map { kind in
      try Tool.succeed(
        ["plot", "run", "--kind", kind, "--output", "\(kind).svg", "--quiet"], in: folder)
      return try folder.bytes("\(kind).svg")
    }
    #expect(Set(pictures).count == 4)
  }

  /// Each arrow has a head, a line of three points.
  @Test func fieldHasArrowsWhereThereIsNoise() throws {
    let folder = try TrainedRun.copy()
    func heads(_ kind: String) throws -> Int {
      try Tool.succeed(
        ["plot", "run", "--kind", kind, "--output", "\(kind).svg", "--count", "50", "--quiet"],
        in: folder)
      return String(decoding: try folder.bytes("\(kind).svg"), as: UTF8.self)
        .split(separator: " d=\"").count {
          $0.prefix { $0 != "\"" }.count { $0 == "L" } == 2
        }
    }
    // Five of the six states have noise, with some hundred arrows each.
    let (field, reverse) = try (heads("field"), heads("reverse"))
    #expect(field > reverse + 5 * 100, "\(field) heads, and \(reverse) without a field")
  }

  @Test(arguments: ["picture.jpg", "picture", "png"])
  func rejectsOtherFileNames(name: String) throws {
    let folder = try TrainedRun.copy()
    let line = try Tool.refuse(["plot", "run", "--output", name], in: folder)
    #expect(line.contains(name) && line.contains(".png") && line.contains(".svg"))
  }

  @Test(arguments: [
    ["--count", "100"], ["--seed", "1"], ["--sampler", "ddim"], ["--steps", "5"], ["--clip"],
  ])
  func rejectsOptionsOfSamplesForTheLoss(options: [String]) throws {
    let line = try Tool.refuse(
      ["plot", "run", "--kind", "loss", "--output", "a.svg"] + options, in: TrainedRun.copy())
    #expect(
      line.contains(options[0]) && line.contains("are for samples, and --kind loss draws none"),
      "\(line)")
  }

  @Test func quietPrintsNothing() throws {
    let folder = try TrainedRun.copy()
    let result = try Tool.succeed(["plot", "run", "--output", "a.svg", "--quiet"], in: folder)
    #expect(result.output.isEmpty && result.errors.isEmpty)
  }
}
