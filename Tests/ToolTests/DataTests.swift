import Datasets
import Diffusion
import Foundation
import LinearAlgebra
import Tables
import Testing

/// The list of data sets, and their points.
@Suite struct DataTests {
  private static let names = [
    "swiss-roll", "moons", "circles", "s-curve", "spirals", "pinwheel", "8-gaussians",
    "25-gaussians", "checkerboard", "line", "outline",
  ]

  private func data(
    _ name: String, _ output: String, _ more: [String] = [], in folder: TemporaryFolder
  ) throws -> ToolResult {
    try Tool.succeed(["data", name, "--count", "30", "--output", output] + more, in: folder)
  }

  @Test func listsDatasetsWithoutArguments() throws {
    let result = try Tool.succeed(["data"], in: TemporaryFolder())
    let lines = result.outputText.split(separator: "\n")
    #expect(lines.map { $0.split(separator: " ").first.map(String.init) } == Self.names)
    #expect(lines.contains { $0.contains("noise 0.05") && $0.contains("half circles") })
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(result.errors.isEmpty)
  }

  @Test func listsDatasetsAsJSON() throws {
    let json = try Tool.succeed(["data", "--json"], in: TemporaryFolder()).json()
    let list = try #require(json["datasets"] as? [[String: Any]])
    #expect(list.map { $0["name"] as? String } == Self.names)
    #expect(list[1]["defaultNoise"] as? Double == 0.05 && list[1]["dimension"] as? Int == 2)
  }

  @Test(arguments: names)
  func writesEveryDataset(name: String) throws {
    let folder = try TemporaryFolder()
    let result = try data(name, "points.npy", in: folder)
    #expect(result.outputText.hasPrefix("drew 30 points of \(name) with noise "))
    #expect(result.outputText.hasSuffix("; wrote points.npy\n") && result.errors.isEmpty)
    let array = try NumPyFile(folder.bytes("points.npy"))
    #expect(array.shape == [30, 2])
    #expect(Set(array.values).count > 50, "the points are all alike")
  }

  /// The points come from the stream that training uses for its data.
  @Test(arguments: [0, 5] as [UInt64])
  func pointsMatchTheLibrary(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    _ = try data("spirals", "points.npy", ["--seed", "\(seed)"], in: folder)
    let points = try Dataset.named("spirals")
      .points(count: 30, RandomPurpose.dataset.stream(seed: seed))
    #expect(try NumericTable(path: folder.url("points.npy").path).values == points)
  }

  @Test func formatsContainTheSameNumbers() throws {
    let folder = try TemporaryFolder()
    for name in ["a.csv", "a.npy", "a.json"] { _ = try data("moons", name, in: folder) }
    let npy = try NumPyFile(folder.bytes("a.npy")).values
    let csv = try folder.text("a.csv").split(separator: "\n").dropFirst().flatMap {
      $0.split(separator: ",").map { Float($0) }
    }
    let json = try JSONDecoder().decode([[Float]].self, from: folder.bytes("a.json"))
    #expect(csv == npy && json.flatMap { $0 } == npy)
    let before = try folder.contents()
    let shown = try data("moons", "-", in: folder)
    #expect(try shown.output == folder.bytes("a.csv") && shown.errors.isEmpty)
    #expect(try folder.contents() == before)
  }

  @Test(arguments: ["png", "PNG", "svg"])
  func drawsPictures(format: String) throws {
    let folder = try TemporaryFolder()
    _ = try data("outline", "picture.\(format)", in: folder)
    let bytes = try folder.bytes("picture.\(format)")
    if format == "svg" {
      #expect(String(decoding: bytes, as: UTF8.self).contains("</svg>"))
    } else {
      #expect([UInt8](bytes.prefix(8)) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    }
  }

  @Test func pointsDependOnSeedNoiseAndCount() throws {
    let folder = try TemporaryFolder()
    let points = try data("moons", "-", in: folder).outputText
    for more in [["--seed", "1"], ["--noise", "0.06"], ["--noise", "0"]] {
      #expect(try data("moons", "-", more, in: folder).outputText != points)
    }
    for more in [["--seed", "0"], ["--noise", "0.05"], ["--quiet"]] {
      #expect(try data("moons", "-", more, in: folder).outputText == points)
    }
    let fewer = try Tool.succeed(["data", "moons", "--count", "7", "--output", "-"], in: folder)
    #expect(points.hasPrefix(fewer.outputText))
    #expect(fewer.outputText.filter { $0 == "\n" }.count == 8)
  }

  @Test func reportIsOneObject() throws {
    let folder = try TemporaryFolder()
    let json = try data("moons", "a.csv", ["--json", "--seed", "3"], in: folder).json()
    #expect(json["dataset"] as? String == "moons" && json["output"] as? String == "a.csv")
    #expect(json["count"] as? Int == 30 && json["seed"] as? Int == 3)
    #expect(json["noise"] as? Double == 0.05)
    let quiet = try data("moons", "a.csv", ["--quiet"], in: folder)
    #expect(quiet.output.isEmpty && quiet.errors.isEmpty)
  }

  /// Each request with a part of its error.
  @Test(arguments: [
    (["moon", "--output", "a.csv"], "\"moon\": no data set has this name; choose moons, or"),
    (["8-gausians", "--output", "-"], "choose 8-gaussians, or"),
    (["moons"], "--output is missing"), (["--output", "a.csv"], "name a data set"),
    (["--count", "5"], "name a data set"), (["--seed", "5"], "name a data set"),
    (["moons", "--output", "a.txt"], ".csv, .npy, .json, .png or .svg"),
    (["moons", "--output", ""], ".csv, .npy, .json, .png or .svg"),
    (["moons", "--output", "-", "--json"], "choose one"),
    (["moons", "--output", "no/a.csv"], "no/a.csv: its directory cannot be opened"),
    (["moons", "--output", "no/a.svg"], "no/a.svg: its directory cannot be opened"),
    (["moons", "--output", "a.csv", "--count", "0"], "--count 0"),
    (["moons", "--output", "a.csv", "--count=-1"], "--count -1"),
    (["moons", "--output", "a.csv", "--count", "x"], "--count"),
    (["moons", "--output", "a.csv", "--count", "9223372036854775807"], "GB of memory"),
    (["moons", "--output", "a.csv", "--noise=-1"], "--noise -1.0"),
    (["moons", "--output", "a.csv", "--noise", "nan"], "--noise nan"),
    (["moons", "--output", "a.csv", "--noise", "inf"], "--noise inf"),
    (["moons", "--output", "a.csv", "--noise", "1e7"], "0 to 1000000"),
    (["moons", "--output", "a.csv", "--noise", "x"], "--noise"),
    (["moons", "--output", "a.csv", "--seed=-1"], "--seed"),
    (["moons", "circles", "--output", "a.csv"], "circles"),
  ])
  func rejectsInvalidRequests(arguments: [String], reason: String) throws {
    let line = try Tool.refuse(["data"] + arguments, in: TemporaryFolder())
    #expect(line.contains(reason), "\(line)")
  }

  /// The largest allowed noise gives finite numbers in every format.
  @Test(arguments: names)
  func acceptsTheLargestNoise(name: String) throws {
    let folder = try TemporaryFolder()
    _ = try data(name, "a.json", ["--noise", "1000000"], in: folder)
    _ = try data(name, "a.svg", ["--noise", "1000000"], in: folder)
  }
}
