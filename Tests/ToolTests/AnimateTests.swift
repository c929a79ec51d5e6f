import Foundation
import Testing

/// Animations of a run.
@Suite struct AnimateTests {
  @Test(arguments: [false, true])
  func writesAnAnimation(isBest: Bool) throws {
    let folder = try TrainedRun.copy(isBest: isBest)
    let arguments = [
      "animate", "run", "--output", "a.webp", "--count", "50", "--frames", "5", "--size", "96",
      "--seconds", "0.5",
    ]
    let result = try Tool.succeed(arguments, in: folder)
    #expect(result.outputText == "wrote a.webp\n")
    #expect(result.errors.isEmpty)
    let bytes = try folder.bytes("a.webp")
    #expect(bytes.prefix(4) == Data("RIFF".utf8) && bytes[8..<12] == Data("WEBP".utf8))
    try Tool.succeed(arguments + ["--threads", "3", "--quiet"], in: folder)
    #expect(try folder.bytes("a.webp") == bytes)
  }

  @Test func seedsAndSamplersDiffer() throws {
    let folder = try TrainedRun.copy()
    let options = [[], ["--seed", "1"], ["--sampler", "dpm++", "--steps", "5"]]
    let animations = try options.map { options in
      try Tool.succeed(
        [
          "animate", "run", "--output", "a.webp", "--count", "20", "--frames", "2", "--size", "64",
          "--quiet",
        ] + options, in: folder)
      return try folder.bytes("a.webp")
    }
    #expect(Set(animations).count == options.count)
  }

  @Test(arguments: [
    ["--count=0"], ["--frames=1"], ["--frames=1001"], ["--size=63"], ["--size=2049"],
    ["--seconds=0"], ["--seconds=nan"], ["--seconds=601"], ["--frames=100", "--seconds=1"],
    ["--steps=0"], ["--output=a.gif"], ["--output=a"],
  ])
  func rejectsInvalidRequests(options: [String]) throws {
    let line = try Tool.refuse(
      ["animate", "run", "--output", "a.webp"] + options, in: TrainedRun.copy())
    let name = options[0].prefix { $0 != "=" }
    #expect(line.contains(name == "--output" ? ".webp" : name))
  }

  @Test func rejectsFoldersWithoutARun() throws {
    let line = try Tool.refuse(["animate", "none", "--output", "a.webp"], in: TrainedRun.copy())
    #expect(line.contains("none"))
  }
}
