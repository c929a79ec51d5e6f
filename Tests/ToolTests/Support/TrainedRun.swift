import Foundation
import Testing

/// A small run that several tests look at, trained once.
enum TrainedRun {
  /// How it was trained, without the output folder.
  static let options = options(epochs: 2)

  static func options(epochs: Int, seed: Int = 0) -> [String] {
    [
      "train", "swiss-roll", "--preset", "seed", "--count", "200", "--batch", "64", "--hidden", "8,8", "--steps", "20",
      "--seed", "\(seed)", "--epochs", "\(epochs)", "--output", "run",
    ]
  }

  private static let files = Result {
    let folder = try TemporaryFolder()
    try Tool.succeed(options, in: folder)
    return try folder.contents()
  }

  /// A new folder that holds a copy of the run in `run`.
  static func copy() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let files = try files.get()
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
