import Foundation
import Testing

/// The same request always gives the same bytes.
@Suite struct DeterminismTests {
  private let files = ["run/config.json", "run/model.safetensors", "run/training.safetensors"]
  private let sampling = ["sample", "run", "--count", "300", "--output", "samples.npy"]

  @Test(arguments: 1...3)
  func runsDoNotDependOnThreads(threads: Int) throws {
    let expected = try TrainedRun.copy()
    let folder = try TemporaryFolder()
    try Tool.succeed(TrainedRun.options + ["--threads", "\(threads)"], in: folder)
    for file in files { #expect(try folder.bytes(file) == expected.bytes(file)) }
  }

  @Test(arguments: 1...3)
  func samplesDoNotDependOnThreads(threads: Int) throws {
    let folder = try TrainedRun.copy()
    try Tool.succeed(sampling + ["--threads", "1"], in: folder)
    let expected = try folder.bytes("samples.npy")
    try Tool.succeed(sampling + ["--threads", "\(threads)"], in: folder)
    #expect(try folder.bytes("samples.npy") == expected)
  }

  @Test func anotherSeedTrainsAnotherModel() throws {
    let expected = try TrainedRun.copy()
    let folder = try TemporaryFolder()
    try Tool.succeed(TrainedRun.options(epochs: 2, seed: 1), in: folder)
    #expect(try folder.bytes("run/model.safetensors") != expected.bytes("run/model.safetensors"))
  }

  @Test func anotherSeedDrawsOtherSamples() throws {
    let folder = try TrainedRun.copy()
    try Tool.succeed(sampling, in: folder)
    let expected = try folder.bytes("samples.npy")
    try Tool.succeed(sampling + ["--seed", "1"], in: folder)
    #expect(try folder.bytes("samples.npy") != expected)
  }

  @Test(arguments: [1, 2])
  func resumeMatchesUninterruptedRun(epochs: Int) throws {
    let folder = try TemporaryFolder()
    try Tool.succeed(TrainedRun.options(epochs: epochs), in: folder)
    let half = try folder.bytes("run/model.safetensors")
    try Tool.succeed(["resume", "run", "--epochs", "\(2 * epochs)"], in: folder)
    let whole = try TemporaryFolder()
    try Tool.succeed(TrainedRun.options(epochs: 2 * epochs), in: whole)
    for file in files { #expect(try folder.bytes(file) == whole.bytes(file)) }
    #expect(try folder.bytes("run/model.safetensors") != half)
  }

  @Test func resumingACompleteRunChangesNothing() throws {
    let folder = try TrainedRun.copy()
    let before = try folder.contents()
    let result = try Tool.succeed(["resume", "run"], in: folder)
    #expect(try folder.contents() == before)
    #expect(result.outputText.hasPrefix("nothing left to train: 2 epochs, 8 steps, "))
  }

  @Test func rejectsResumingToFewerEpochs() throws {
    let folder = try TrainedRun.copy()
    let line = try Tool.refuse(["resume", "run", "--epochs", "1"], in: folder)
    #expect(line.contains("8 steps already"))
  }
}
