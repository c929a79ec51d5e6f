import NeuralNetwork
import Checkpoints
import Diffusion
import Foundation
import LangevinFiles
import Testing

/// If a program is killed while it begins a run, the folder holds the old run or the new one and stays
/// usable.
@Suite struct RunBeginningTests {
  /// The files of a run, in the order in which they are staged.
  private static let names = [
    "training.safetensors", "model.safetensors", "metrics.jsonl", "config.json",
  ]
  /// The files of a run, in the order in which they are renamed.
  private static let renamed = [
    "metrics.jsonl", "model.safetensors", "training.safetensors", "config.json",
  ]

  private static var other: RunConfiguration {
    var other = TinyRun.configuration
    other.training.seed = 1
    other.model.network = .conditional(widths: [4, 2], activation: .softplus)
    return other
  }

  private func copy(_ name: String, of run: RunFolder, to folder: RunFolder, as end: String) throws
  {
    let bytes = try AtomicFile.read("\(run.path)/\(name)", sizeLimit: 1 << 20)
    try AtomicFile.write(bytes, to: "\(folder.path)/\(name)\(end)")
  }

  private func contents(_ folder: RunFolder) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
  }

  private func check(_ folder: RunFolder, holds configuration: RunConfiguration) throws {
    #expect(folder.holdsRun)
    #expect(try folder.configuration() == configuration)
    _ = try folder.load().model
    _ = try folder.training(configuration)
  }

  private func logALine(_ folder: RunFolder) throws {
    let log = try folder.openMetrics(TinyRun.configuration, after: TrainingProgress())
    try log.append(
      EpochMetrics(
        epoch: 1, step: 3, loss: 1, gradientNorm: 1, learningRate: 1, stepsPerSecond: 1))
  }

  @Test(arguments: 0...3)
  func untilAllIsStagedTheOldRunIsThere(count: Int) throws {
    try TinyRun.inFolder { folder in
      try TinyRun.inFolder { new in
        try folder.begin(TinyRun.configuration, overwrite: false)
        try logALine(folder)
        try new.begin(Self.other, overwrite: false)
        for name in Self.names.prefix(count) {
          try copy(name, of: new, to: folder, as: ".staged")
        }
        try check(folder, holds: TinyRun.configuration)
        #expect(try folder.metrics().count == 1)
        #expect(throws: CheckpointError.self) {
          try folder.begin(Self.other, overwrite: false)
        }
        try folder.begin(Self.other, overwrite: true)
        try check(folder, holds: Self.other)
        #expect(try contents(folder) == Set(Self.names))
        #expect(try folder.metrics().isEmpty)
      }
    }
  }

  /// `count` of the files have been renamed.
  @Test(arguments: 0...3, [false, true])
  func fromThenOnTheNewOneIsThere(count: Int, replaces: Bool) throws {
    try TinyRun.inFolder { folder in
      try TinyRun.inFolder { new in
        if replaces {
          try folder.begin(TinyRun.configuration, overwrite: false)
          try logALine(folder)
        } else {
          try FileManager.default.createDirectory(
            atPath: folder.path, withIntermediateDirectories: true)
        }
        let state = try new.begin(Self.other, overwrite: false)
        let metrics = EpochMetrics(
          epoch: 1, step: 3, loss: 2, gradientNorm: 1, learningRate: 1, stepsPerSecond: 1)
        try new.begin(
          Self.other, with: state, TrainingProgress(), metrics: [metrics], overwrite: true)
        for (index, name) in Self.renamed.enumerated() {
          try copy(name, of: new, to: folder, as: index < count ? "" : ".staged")
        }
        let before = try contents(folder)
        try check(folder, holds: Self.other)
        #expect(try folder.metrics() == [metrics])
        #expect(throws: CheckpointError.self) {
          try folder.begin(TinyRun.configuration, overwrite: false)
        }
        #expect(try contents(folder) == before, "reading changes nothing")

        try folder.save(try folder.training(Self.other).state, progress: TrainingProgress())
        try check(folder, holds: Self.other)
        #expect(try contents(folder) == Set(Self.names))
        #expect(try folder.metrics() == [metrics])
      }
    }
  }

  @Test func theLogOfAnOldRunGoesWithIt() throws {
    try TinyRun.inFolder { folder in
      try TinyRun.save(in: folder, steps: 4)
      try logALine(folder)
      #expect(try folder.metrics().count == 1)
      try folder.begin(Self.other, overwrite: true)
      #expect(try contents(folder) == Set(Self.names))
      #expect(try folder.metrics().isEmpty)
    }
  }

  @Test func leftoversAreRemoved() throws {
    try TinyRun.inFolder { folder in
      try TinyRun.save(in: folder, steps: 4)
      for name in [".langevin-1a.tmp", "model.safetensors.staged", "notes.txt"] {
        try AtomicFile.write([1], to: "\(folder.path)/\(name)")
      }
      try folder.begin(Self.other, overwrite: true)
      #expect(try contents(folder) == Set(Self.names + ["notes.txt"]))
    }
  }
}
