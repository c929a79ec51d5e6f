import Checkpoints
import Foundation
import Testing

extension TemporaryFolder {
  /// The run in the folder `run`.
  var run: RunFolder { RunFolder(url("run").path) }

  /// Checks that the run in `run` equals that of an uninterrupted training, except for its speeds, and
  /// that the folder contains no other file.
  func expectRun(
    trainedBy options: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let whole = try TemporaryFolder()
    try Tool.succeed(options + ["--quiet"], in: whole, sourceLocation: sourceLocation)
    let (mine, other) = (try contentsWithoutTimes(), try whole.contentsWithoutTimes())
    #expect(mine.keys.sorted() == other.keys.sorted(), sourceLocation: sourceLocation)
    for name in other.keys.sorted() {
      #expect(mine[name] == other[name], "\(name)", sourceLocation: sourceLocation)
    }
  }

  /// Checks that the run in `name` can be read, and sampled if it has taken steps.
  func expectWholeRun(
    _ name: String = "run", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let samples = TemporaryFolder.samplesName
    try Tool.succeed(["info", name], in: self, sourceLocation: sourceLocation)
    let sample = ["sample", name, "--count", "2", "--output", samples, "--quiet"]
    if try RunFolder(url(name).path).load().steps == 0 {
      try Tool.refuse(sample, in: self, sourceLocation: sourceLocation)
    } else {
      try Tool.succeed(sample, in: self, sourceLocation: sourceLocation)
      try FileManager.default.removeItem(at: url(samples))
    }
    let steps = try RunFolder(url(name).path).metrics().map(\.step)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 }, sourceLocation: sourceLocation)
  }

  private static let samplesName = "samples-of-a-check.csv"
}
