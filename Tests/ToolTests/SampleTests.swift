import Foundation
import Testing

/// The output files of samples.
@Suite struct SampleTests {
  private func sample(
    _ output: String, _ more: [String] = [], in folder: TemporaryFolder
  ) throws -> ToolResult {
    try Tool.succeed(["sample", "run", "--count", "50", "--output", output] + more, in: folder)
  }

  /// Returns the numbers of a CSV file after its header.
  private func values(csv: String) throws -> [Float] {
    try csv.split(separator: "\n").dropFirst().flatMap { line in
      try line.split(separator: ",").map { try #require(Float($0)) }
    }
  }

  @Test func csvHasAHeaderAndALinePerSample() throws {
    let folder = try TrainedRun.copy()
    let result = try sample("samples.csv", in: folder)
    let text = try folder.text("samples.csv")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "x0,x1")
    #expect(lines.count == 52 && lines.last == "")
    let numbers = try values(csv: text)
    #expect(numbers.count == 100)
    #expect(numbers.allSatisfy { $0.isFinite })
    #expect(Set(numbers).count > 90, "the samples are all alike")
    #expect(result.outputText.hasPrefix("drew 50 samples with 20 steps in "))
    #expect(result.errors.isEmpty)
  }

  @Test func npyMatchesTheCSV() throws {
    let folder = try TrainedRun.copy()
    _ = try sample("samples.csv", in: folder)
    _ = try sample("samples.npy", in: folder)
    let array = try NumPyFile(folder.bytes("samples.npy"))
    #expect(array.shape == [50, 2])
    #expect(try array.values == values(csv: folder.text("samples.csv")))
  }

  @Test func jsonMatchesTheCSV() throws {
    let folder = try TrainedRun.copy()
    _ = try sample("samples.csv", in: folder)
    _ = try sample("samples.JSON", in: folder)
    let rows = try JSONDecoder().decode([[Float]].self, from: folder.bytes("samples.JSON"))
    #expect(rows.count == 50 && rows.allSatisfy { $0.count == 2 })
    #expect(try rows.flatMap { $0 } == values(csv: folder.text("samples.csv")))
  }

  @Test func hyphenPrintsOnlyCSV() throws {
    let folder = try TrainedRun.copy()
    _ = try sample("samples.csv", in: folder)
    let before = try folder.contents()
    let result = try sample("-", in: folder)
    #expect(try result.output == folder.bytes("samples.csv"))
    #expect(result.errors.isEmpty)
    #expect(try folder.contents() == before)
  }

  @Test func samplesDoNotDependOnTheCount() throws {
    let folder = try TrainedRun.copy()
    let all = try sample("-", in: folder).outputText
    let some = try Tool.succeed(["sample", "run", "--count", "7", "--output", "-"], in: folder)
    #expect(all.hasPrefix(some.outputText))
    #expect(some.outputText.filter { $0 == "\n" }.count == 8)
  }

  @Test func trajectoryEndsInTheSamples() throws {
    let folder = try TrainedRun.copy()
    _ = try sample("alone.npy", in: folder)
    _ = try sample("samples.npy", ["--trajectory", "states.npy"], in: folder)
    #expect(try folder.bytes("samples.npy") == folder.bytes("alone.npy"))
    let samples = try NumPyFile(folder.bytes("samples.npy"))
    let states = try NumPyFile(folder.bytes("states.npy"))
    #expect(states.shape == [21, 50, 2])
    #expect(Array(states.values.suffix(100)) == samples.values)
    #expect(Array(states.values.prefix(100)) != samples.values)
  }

  @Test func noiseAtTheLastStepShiftsTheSamples() throws {
    let folder = try TrainedRun.copy()
    let without = try values(csv: sample("-", in: folder).outputText)
    let with = try values(csv: sample("-", ["--noise-at-last-step"], in: folder).outputText)
    #expect(with != without)
    // The shift has the standard deviation √β at the first timestep: 0.0059.
    for (a, b) in zip(with, without) { #expect(abs(a - b) < 0.05) }
  }

  @Test func jsonReportIsOneObject() throws {
    let folder = try TrainedRun.copy()
    let json = try sample("samples.csv", ["--json", "--seed", "3"], in: folder).json()
    #expect(json["count"] as? Int == 50)
    #expect(json["steps"] as? Int == 20)
    #expect(json["seed"] as? Int == 3)
    #expect(json["output"] as? String == "samples.csv")
    #expect(json["allFinite"] as? Bool == true)
    #expect((json["seconds"] as? Double).map { $0 > 0 } == true)
  }

  @Test func quietPrintsNothing() throws {
    let folder = try TrainedRun.copy()
    let result = try sample("samples.csv", ["--quiet"], in: folder)
    #expect(result.output.isEmpty && result.errors.isEmpty)
  }

  @Test func requiresOnlyModelAndConfiguration() throws {
    let folder = try TrainedRun.copy()
    try FileManager.default.removeItem(at: folder.url("run/training.safetensors"))
    #expect(try sample("-", in: folder).outputText.hasPrefix("x0,x1\n"))
  }
}
