import Foundation
import Testing

/// The samplers, on a run with timesteps and on a run without.
@Suite struct SamplerTests {
  private static let options: [[String]] = [
    [], ["--sampler", "ddpm", "--steps", "9"],
    ["--sampler", "ddpm", "--steps", "9", "--variance", "posterior"],
    ["--sampler", "ddpm", "--noise-at-last-step"], ["--sampler", "ddim", "--steps", "7"],
    ["--sampler", "ddim", "--steps", "7", "--eta", "1"], ["--sampler", "dpm++", "--steps", "6"],
    ["--sampler", "heun", "--steps", "5"], ["--sampler", "heun", "--churn", "10"],
    ["--prior", "moments"], ["--clip"],
  ]

  /// Each choice gives finite samples that differ from those of the others.
  @Test(arguments: [true, false])
  func samplersGiveDifferentFiniteSamples(timesteps: Bool) throws {
    let folder = try TrainedRun.copy(isBest: !timesteps)
    var found: Set<Data> = []
    for (index, options) in Self.options.enumerated() {
      let file = "samples\(index).csv"
      let json = try Tool.succeed(
        ["sample", "run", "--count", "20", "--output", file, "--json"] + options, in: folder
      ).json()
      #expect(json["allFinite"] as? Bool == true, "\(options)")
      found.insert(try folder.bytes(file))
    }
    // All of these few samples may lie inside the box.
    #expect(found.count >= Self.options.count - 2)
  }

  @Test func countsEvaluations() throws {
    let folder = try TrainedRun.copy(isBest: true)
    for (options, evaluations) in [
      ([], 40), (["--sampler", "ddim", "--steps", "7"], 7),
      (["--sampler", "heun", "--steps", "20"], 39),
    ] {
      let json = try Tool.succeed(
        ["sample", "run", "--count", "5", "--output", "few.npy", "--json"] + options, in: folder
      ).json()
      #expect(json["evaluations"] as? Int == evaluations)
    }
  }

  @Test(arguments: [
    ["--sampler", "euler"], ["--steps", "0"], ["--steps", "21"], ["--eta", "2"],
    ["--sampler", "ddim", "--eta", "-0.1"], ["--sampler", "heun", "--eta", "0.5"],
    ["--eta", "0.5"], ["--sampler", "ddim", "--variance", "beta"], ["--churn", "nan"],
    ["--sampler", "ddpm", "--churn", "1"], ["--prior", "none"], ["--spacing", "even"],
  ])
  func rejectsInvalidSamplerOptions(options: [String]) throws {
    try Tool.refuse(
      ["sample", "run", "--count", "5", "--output", "new.npy"] + options, in: TrainedRun.copy())
  }

  @Test func reportsHeldOutLossAndSchedule() throws {
    let folder = try TemporaryFolder()
    let options = [
      "train", "moons", "--count", "300", "--hidden", "8,8", "--epochs", "2", "--output", "run",
    ]
    let result = try Tool.succeed(
      options + ["--held-out", "0.2", "--json"], in: folder)
    #expect(try result.json()["heldOutLoss"] as? Double != nil)
    #expect(result.errors.contains("held out"))
    #expect(result.errors.contains("schedule: good"))
    let info = try Tool.succeed(["info", "run"], in: folder).outputText
    #expect(info.contains("300 points, 60 held out, standardized"))
    #expect(info.contains("2 residual blocks of width 8, silu"))
  }

  /// Training gives the same bytes for any number of threads.
  @Test func trainingDoesNotDependOnThreads() throws {
    let folder = try TemporaryFolder()
    for threads in ["1", "2", "3"] {
      try Tool.succeed(
        [
          "train", "moons", "--count", "300", "--hidden", "32,32", "--epochs", "2", "--threads",
          threads, "--output", "run\(threads)",
        ], in: folder)
      #expect(
        try folder.bytes("run\(threads)/training.safetensors")
          == folder.bytes("run1/training.safetensors"))
    }
  }
}
