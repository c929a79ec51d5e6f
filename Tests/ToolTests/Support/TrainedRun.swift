import Foundation
import Testing

/// A small run for several tests, trained once.
enum TrainedRun {
  /// The training options of the run.
  static let options = options(epochs: 2)

  static func options(epochs: Int, seed: Int = 0) -> [String] {
    [
      "train", "swiss-roll", "--preset", "original", "--count", "200", "--batch", "64", "--hidden",
      "8,8", "--steps", "20", "--seed", "\(seed)", "--epochs", "\(epochs)", "--output", "run",
    ]
  }

  /// The options of a run without timesteps and with held-out data.
  static let bestOptions = [
    "train", "moons", "--count", "300", "--hidden", "16,16", "--epochs", "3", "--held-out", "0.1",
    "--output", "run",
  ]

  private static let files = Result { try train(options) }
  private static let bestFiles = Result { try train(bestOptions) }

  private static func train(_ options: [String]) throws -> [String: Data] {
    let folder = try TemporaryFolder()
    try Tool.succeed(options, in: folder)
    return try folder.contents()
  }

  /// Returns a new folder with a copy of the run in `run`.
  static func copy(isBest: Bool = false) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let files = try isBest ? bestFiles.get() : files.get()
    for name in files.keys.sorted() {
      if name == "run" {
        try FileManager.default.createDirectory(
          at: folder.url("run"), withIntermediateDirectories: true)
      } else {
        try folder.write(files[name] ?? Data(), to: name)
      }
    }
    return folder
  }
}
