#if os(Linux)
import Foundation
import Testing

/// With little memory or few threads, the program either does its work or ends with one line and status
/// 1. It neither hangs nor ends as after Ctrl-C.
@Suite struct ProcessLimitTests {
  private static let commands: [[String]] = [
    ["--version"], ["info"], ["info", "run"],
    ["data", "swiss-roll", "--count", "100", "--output", "data.csv", "--quiet"],
    ["train", "moons", "--count", "200", "--epochs", "1", "--output", "new", "--quiet"],
    ["sample", "run", "--count", "300", "--threads", "4", "--output", "samples.csv", "--quiet"],
    [
      "evaluate", "run", "--count", "60", "--sets", "1", "--measures", "frechet,energy",
      "--threads", "4", "--quiet",
    ],
    ["report", "run", "--count", "60", "--sets", "2", "--output", "report.html", "--quiet"],
    ["plot", "run", "--output", "plot.png", "--quiet"],
  ]

  /// Returns a copy of a run that any user may change.
  private func folder() throws -> TemporaryFolder {
    let folder = try TrainedRun.copy()
    for name in [""] + (try folder.contents().keys.sorted()) {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o777], ofItemAtPath: folder.url(name).path)
    }
    return folder
  }

  @Test(
    .enabled(if: ProcessLimit.threadsArePossible, "\(ProcessLimit.threadsReason)"),
    arguments: commands, [1, 2])
  func worksWithFewThreads(command: [String], threads: Int) throws {
    let result = try Tool.run(
      command, in: folder(), wrapper: ProcessLimit.threads(threads))
    #expect(result.status == 0 && !result.wasKilled, "\(result.errors)")
    #expect(result.errors.isEmpty)
  }

  /// Results do not depend on threads that the system refused.
  @Test(.enabled(if: ProcessLimit.threadsArePossible, "\(ProcessLimit.threadsReason)"))
  func samplesDoNotDependOnThreadLimits() throws {
    let folder = try folder()
    let sample = ["sample", "run", "--count", "600", "--threads", "4", "--quiet", "--output"]
    try Tool.succeed(sample + ["all.csv"], in: folder)
    let result = try Tool.run(
      sample + ["few.csv"], in: folder, wrapper: ProcessLimit.threads(2))
    #expect(result.status == 0, "\(result.errors)")
    #expect(try folder.bytes("few.csv") == folder.bytes("all.csv"))
  }

  @Test(
    .enabled(if: ProcessLimit.memoryIsPossible, "\(ProcessLimit.memoryReason)"),
    arguments: commands, [150_000, 200_000, 250_000, 300_000, 600_000])
  func endsWithLittleMemory(command: [String], kibibytes: Int) throws {
    let result = try Tool.run(
      command, in: folder(), wrapper: ProcessLimit.memory(kibibytes))
    #expect(!result.wasKilled, "signal \(result.status)")
    // Status 127 means that the program itself did not fit into memory.
    #expect([0, 1, 127].contains(result.status), "\(result.status): \(result.errors)")
    if result.status == 1 {
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
    if kibibytes == 600_000 { #expect(result.status == 0, "\(result.errors)") }
  }

  /// OpenBLAS starts threads only on request.
  @Test func openBLASStartsNoThreads() throws {
    func threads(_ environment: [String: String]) throws -> String {
      let text = try Tool.succeed(
        ["info"], in: TemporaryFolder(), environment: environment
      ).outputText
      let line = text.split(separator: "\n").first { $0.hasPrefix("OpenBLAS") }
      return line?.split(separator: ", ").last.map(String.init) ?? ""
    }
    let name = "OPENBLAS_NUM_THREADS"
    if ProcessInfo.processInfo.environment[name] == nil { #expect(try threads([:]) == "1 thread") }
    for number in ["", "none", "-1", "0", "1"] {
      #expect(try threads([name: number, "OMP_NUM_THREADS": "2"]) == "1 thread", "\(number)")
    }
    if ProcessInfo.processInfo.activeProcessorCount > 1 {
      #expect(try threads([name: "2"]) == "2 threads")
    }
  }
}
#endif
