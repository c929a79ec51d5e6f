import Foundation
import Testing

/// The files and the output of training.
@Suite struct TrainTests {
  private let files = [
    "run/config.json", "run/metrics.jsonl", "run/model.safetensors", "run/training.safetensors",
  ]

  @Test func writesOnlyTheFilesOfARun() throws {
    let folder = try TemporaryFolder()
    let result = try Tool.succeed(TrainedRun.options, in: folder)
    #expect(try folder.contents().keys.sorted() == ["run"] + files)
    #expect(result.outputText.hasPrefix("trained 2 epochs, 8 steps, in "))
    #expect(result.outputText.hasSuffix("; saved in run\n"))
  }

  @Test func printsProgressLinesOnStandardError() throws {
    let folder = try TemporaryFolder()
    let errors = try Tool.succeed(TrainedRun.options(epochs: 3), in: folder).errors
    let all = errors.split(separator: "\n")
    #expect(all.first?.hasPrefix("preset original: ") == true)
    #expect(all.dropFirst().first?.hasPrefix("warning: the schedule is bad (alphaBar_T ") == true)
    let lines = all.dropFirst(2)
    #expect(lines.count == 3)
    for (index, line) in Array(lines).enumerated() {
      #expect(line.hasPrefix("epoch \(index + 1)/3  loss "))
      #expect(line.contains(" steps/s  "))
    }
    #expect(!errors.contains("\r") && !errors.contains("\u{1B}"), "these are only for terminals")
  }

  @Test func quietPrintsNothing() throws {
    let folder = try TemporaryFolder()
    let result = try Tool.succeed(TrainedRun.options + ["--quiet"], in: folder)
    #expect(result.output.isEmpty)
    #expect(result.errors.isEmpty)
    #expect(folder.exists("run/model.safetensors"))
  }

  @Test(arguments: [[], ["--quiet"]])
  func jsonIsOneObject(more: [String]) throws {
    let folder = try TemporaryFolder()
    let options = TrainedRun.options(epochs: 2, seed: 7) + ["--json", "--threads", "2"] + more
    let result = try Tool.succeed(options, in: folder)
    let json = try result.json()
    #expect(result.errors.isEmpty == !more.isEmpty)
    #expect(json["epochs"] as? Int == 2)
    #expect(json["steps"] as? Int == 8)
    #expect(json["seed"] as? Int == 7)
    #expect(json["threads"] as? Int == 2)
    #expect(json["folder"] as? String == "run")
    #expect(json["isComplete"] as? Bool == true)
    let seconds = try #require(json["seconds"] as? Double)
    let each = try #require(json["microsecondsPerStep"] as? Double)
    #expect(seconds > 0)
    #expect(abs(each * 8 / 1e6 - seconds) <= 1e-9 * seconds)
    let loss = try #require(json["finalLoss"] as? Double)
    #expect(loss > 0 && loss < 10)
    #expect(["auto", "openblas", "swift"].contains(json["engine"] as? String))
    #expect(["baseline", "avx2", "avx512"].contains(json["kernelLevel"] as? String))
    #expect((json["openBLASCore"] as? String)?.isEmpty == false)
    #expect(json["openBLASThreads"] as? Int == 1)
  }

  @Test(arguments: ["openblas", "swift"])
  func usesTheChosenEngine(name: String) throws {
    let folder = try TemporaryFolder()
    let options = TrainedRun.options + ["--engine", name, "--json"]
    #expect(try Tool.succeed(options, in: folder).json()["engine"] as? String == name)
  }

  @Test func usesTheChosenKernels() throws {
    let folder = try TemporaryFolder()
    let result = try Tool.succeed(
      TrainedRun.options + ["--json"], in: folder, environment: ["LANGEVIN_KERNELS": "baseline"])
    #expect(try result.json()["kernelLevel"] as? String == "baseline")
  }

  @Test func overwriteReplacesTheRunAndKeepsOtherFiles() throws {
    let folder = try TrainedRun.copy()
    let old = try folder.contents()
    try folder.write(Data("mine".utf8), to: "run/notes.txt")
    try Tool.succeed(TrainedRun.options(epochs: 2, seed: 1) + ["--overwrite"], in: folder)
    for file in files { #expect(try folder.bytes(file) != old[file]) }
    #expect(try folder.text("run/notes.txt") == "mine")
  }

  /// The error names the step that overflowed, and the state before it is kept.
  @Test(arguments: ["original", "best"])
  func reportsDivergenceWithoutSavingIt(preset: String) throws {
    let folder = try TemporaryFolder()
    let result = try Tool.run(
      [
        "train", "swiss-roll", "--preset", preset, "--count", "8", "--batch", "8", "--hidden",
        "8,8", "--quiet", "--epochs", "40", "--learning-rate", "1e6", "--decay", "none",
        "--output", "run",
      ], in: folder)
    #expect(result.status == 1 && !result.wasKilled)
    #expect(result.errors.hasPrefix("Error: training diverged at step "))
    #expect(
      result.errors.contains("; start again with --overwrite and a smaller --learning-rate; "))
    #expect(result.errors.filter { $0 == "\n" }.count == 1)
    try Tool.succeed(["sample", "run", "--count", "3", "--output", "samples.csv"], in: folder)
  }

  @Test func acceptsSpacesAndCreatesFolders() throws {
    let folder = try TemporaryFolder()
    try Tool.succeed(TrainedRun.options.dropLast() + ["a b/ü/run"], in: folder)
    #expect(folder.exists("a b/ü/run/model.safetensors"))
  }
}
