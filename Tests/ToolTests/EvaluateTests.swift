import Foundation
import Testing

/// Distances of runs and of files.
@Suite struct EvaluateTests {
  private func points(_ count: Int, seed: Int, _ name: String, in folder: TemporaryFolder) throws {
    try Tool.succeed(
      [
        "data", "moons", "--count", "\(count)", "--seed", "\(seed)", "--output", name, "--quiet",
      ], in: folder)
  }

  private func results(_ result: ToolResult) throws -> [String: (value: Double, floor: Double)] {
    let report = try #require(try result.json()["report"] as? [String: Any])
    let all = try #require(report["results"] as? [[String: Any]])
    var found: [String: (value: Double, floor: Double)] = [:]
    for one in all {
      let name = try #require(one["measure"] as? String)
      let value = try #require((one["value"] as? [String: Any])?["mean"] as? Double)
      let floor = try #require((one["floor"] as? [String: Any])?["mean"] as? Double)
      found[name] = (value, floor)
    }
    return found
  }

  /// Points of the same data set reach the floor; those of another do not.
  @Test func measuresFiles() throws {
    let folder = try TemporaryFolder()
    try points(400, seed: 5, "real.csv", in: folder)
    let measures = "sliced_w2,energy,c2st"
    let real = try results(
      Tool.succeed(
        [
          "evaluate", "real.csv", "--against", "moons", "--measures", measures, "--sets", "2",
          "--json",
        ], in: folder))
    #expect(real.count == 3)
    let energy = try #require(real["energy"])
    #expect(abs(energy.value) < 0.03 && abs(energy.floor) < 0.03)
    let other = try results(
      Tool.succeed(
        [
          "evaluate", "real.csv", "--against", "circles", "--measures", measures, "--sets", "2",
          "--json",
        ], in: folder))
    let far = try #require(other["energy"])
    #expect(far.value > 0.1 && abs(far.floor) < 0.03)
    #expect(try #require(other["c2st"]).value > 0.7)
  }

  @Test func printsMeasuresOfARun() throws {
    let folder = try TrainedRun.copy()
    let text = try Tool.succeed(
      [
        "evaluate", "run", "--count", "200", "--sets", "2", "--measures", "energy,frechet",
        "--likelihood",
      ], in: folder
    ).outputText
    #expect(text.hasPrefix("200 samples of run against fresh points of swiss-roll\n"))
    for word in [
      "energy", "frechet", "floor", "likelihood of 200 fresh points, by", "bits/dim",
      "reconstruction", "prior",
    ] {
      #expect(text.contains(word), "\(word)")
    }
  }

  @Test func oracleSeparatesTheErrors() throws {
    let folder = try TrainedRun.copy()
    let json = try Tool.succeed(
      ["evaluate", "run", "--oracle", "--sets", "2", "--json"], in: folder
    ).json()
    let rows = try #require(json["rows"] as? [[String: Any]])
    #expect(rows.count == 5)
    let distances = try rows.map { row in
      try #require((row["slicedW2"] as? [String: Any])?["mean"] as? Double)
    }
    // After two epochs the network has learned nothing; the exact denoiser knows the data.
    #expect(distances[4] > 2 * distances[1])
    #expect(distances.allSatisfy { $0 > 0 })
  }

  @Test(arguments: [
    ["evaluate", "missing.csv", "--against", "moons"], ["evaluate", "run", "--measures", "w2"],
    ["evaluate", "run", "--against", "mons"], ["evaluate", "run", "--sets", "0"],
    ["evaluate", "nowhere"], ["evaluate", "run", "--oracle", "--likelihood"],
    ["evaluate", "run", "--oracle", "--measures", "c2st"],
    ["evaluate", "run", "--against", "missing.npy"],
  ])
  func rejectsInvalidRequests(arguments: [String]) throws {
    try Tool.refuse(arguments, in: TrainedRun.copy())
  }

  @Test func likelihoodRequiresTwoLevels() throws {
    let folder = try TemporaryFolder()
    try Tool.succeed(
      [
        "train", "moons", "--preset", "original", "--schedule", "cosine", "--steps", "1", "--count",
        "64",
        "--batch", "64", "--hidden", "4", "--epochs", "1", "--output", "run",
      ], in: folder)
    let line = try Tool.refuse(
      [
        "evaluate", "run", "--likelihood", "--measures", "energy", "--count", "50", "--sets", "1",
      ], in: folder)
    #expect(line.contains("needs two noise levels"))
  }

  @Test(arguments: [
    ["--seed", "1"], ["--sampler", "ddim"], ["--steps", "5"], ["--prior", "moments"],
  ])
  func rejectsOptionsOfSamplersForFiles(options: [String]) throws {
    let folder = try TemporaryFolder()
    try points(20, seed: 1, "real.npy", in: folder)
    let line = try Tool.refuse(
      ["evaluate", "real.npy", "--against", "moons"] + options, in: folder)
    #expect(
      line.contains(options[0]) && line.contains("are for runs, and real.npy is a file of samples"),
      "\(line)")
  }

  @Test func filesRequireAgainst() throws {
    let folder = try TemporaryFolder()
    try points(20, seed: 1, "real.npy", in: folder)
    #expect(try Tool.refuse(["evaluate", "real.npy"], in: folder).contains("--against"))
    #expect(
      try Tool.refuse(["evaluate", "real.npy", "--against", "moons", "--oracle"], in: folder)
        .contains("folder of a run"))
  }
}
