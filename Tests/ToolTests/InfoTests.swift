import Foundation
import LinearAlgebra
import Testing

/// The information that the tool prints about itself and about a run.
@Suite struct InfoTests {
  /// Returns the printed lines by name.
  private func info(
    _ arguments: [String] = [], in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> [String: String] {
    let result = try Tool.succeed(["info"] + arguments, in: folder, environment: environment)
    #expect(result.errors.isEmpty)
    var lines: [String: String] = [:]
    for line in result.outputText.split(separator: "\n") {
      #expect(line.last != " ")
      let parts = line.split(separator: " ", maxSplits: 1)
      try #require(parts.count == 2)
      lines[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    return lines
  }

  @Test func describesTheMachine() throws {
    let lines = try info(in: TemporaryFolder())
    let names = ["OpenBLAS", "kernels", "langevin", "processors"]
    #expect(lines.keys.sorted() == (OpenBLAS.problem == nil ? names : names + ["warning"]))
    #expect(lines["kernels"]?.contains("baseline") == true)
    #expect(lines["OpenBLAS"]?.hasPrefix("core ") == true)
    // The number is followed by the limit that applies.
    let processors = lines["processors"]?.split(separator: " ").first
    #expect(processors.flatMap { Int($0) }.map { $0 > 0 } == true)
  }

  @Test func environmentSelectsTheKernels() throws {
    let folder = try TemporaryFolder()
    let lines = try info(in: folder, environment: ["LANGEVIN_KERNELS": "baseline"])
    #expect(lines["kernels"]?.hasPrefix("baseline ") == true)
  }

  @Test func describesARun() throws {
    let lines = try info(["run"], in: TrainedRun.copy())
    #expect(lines["run"] == "run")
    #expect(lines["data"] == "swiss-roll, 200 points")
    #expect(lines["network"]?.hasPrefix("2 → 8 → 8 → 2, softplus") == true)
    // (2 + 1 + 20) 8 + (8 + 1 + 20) 8 + (8 + 1) 2
    #expect(lines["parameters"] == "434")
    #expect(lines["training"]?.hasPrefix("2 of 2 epochs, 8 steps, batch 64, ") == true)
    #expect(lines["loss"].flatMap { Double($0) }.map { $0 > 0 && $0 < 10 } == true)
  }

  /// ᾱ is the product of 1 - β with β = sigmoid(l) (0.01 - 0.00001) + 0.00001, l from -6 to 6.
  @Test func describesTheRemainingSignal() throws {
    let lines = try info(["run"], in: TrainedRun.copy())
    let alphaBar = (0..<20).reduce(1.0) { product, t in
      let l = -6 + 12 * Double(t) / 19
      return product * (1 - ((1e-2 - 1e-5) / (1 + exp(-l)) + 1e-5))
    }
    let told = try #require(lines["alphaBar_T"].flatMap { Double($0) })
    #expect(abs(told - alphaBar) < 6e-4)
    let ratio = try #require(lines["SNR_T"].flatMap { Double($0) })
    #expect(abs(ratio - alphaBar / (1 - alphaBar)) < 6e-3)
  }

  /// After this many steps, ᾱ is so small that scaling it to four digits overflows.
  @Test func printsVanishingSignals() throws {
    let folder = try TemporaryFolder()
    try Tool.succeed(
      [
        "train", "swiss-roll", "--preset", "original", "--count", "4", "--batch", "4", "--hidden",
        "1",
        "--epochs", "1", "--steps", "139000", "--prediction", "v", "--output", "run",
      ], in: folder)
    let lines = try info(["run"], in: folder)
    let told = try #require(lines["alphaBar_T"].flatMap { Double($0) })
    #expect(told > 0 && told < 1e-300)
  }

  @Test func versionMatchesInfo() throws {
    let folder = try TemporaryFolder()
    let version = try Tool.succeed(["--version"], in: folder).outputText
    #expect(try info(in: folder)["langevin"].map { $0 + "\n" } == version)
  }
}
