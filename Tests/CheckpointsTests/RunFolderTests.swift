import Checkpoints
import Diffusion
import Foundation
import LangevinFiles
import LinearAlgebra
import NeuralNetwork
import SafeTensors
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite struct RunFolderTests {
  @Test(arguments: [0, 1, 2, 3, 7])
  func whatIsSavedIsRead(steps: Int) throws {
    try TinyRun.inFolder { folder in
      let (state, progress) = try TinyRun.state(steps: steps)
      try folder.begin(TinyRun.configuration, overwrite: false)
      try folder.save(state, progress: progress)
      #expect(try folder.configuration() == TinyRun.configuration)
      #expect(try folder.progress() == progress)
      let result = state.result.network.parameters
      #expect(try folder.load().model.network.parameters == result)
      #expect((result != state.model.network.parameters) == (steps > 0))
      let loaded = try folder.training(TinyRun.configuration)
      #expect(loaded.progress == progress)
      #expect(loaded.progress.steps == steps && loaded.progress.epochs == steps / 3)
      #expect(loaded.state.model.network.parameters == state.model.network.parameters)
      #expect(loaded.state.average == state.average)
      #expect(loaded.state.optimizer.steps == steps)
      #expect(loaded.state.optimizer.learningRate == 0.01)
      #expect(loaded.state.optimizer.firstMoments == state.optimizer.firstMoments)
      #expect(loaded.state.optimizer.secondMoments == state.optimizer.secondMoments)
      #expect((state.optimizer.firstMoments.flat.elements[0] != 0) == (steps > 0))
    }
  }

  @Test func sameRunIsTheSameBytes() throws {
    try TinyRun.inFolder { first in
      try TinyRun.inFolder { second in
        try TinyRun.save(in: first, steps: 4)
        try TinyRun.save(in: second, steps: 4)
        for name in ["config.json", "model.safetensors", "training.safetensors"] {
          #expect(
            try AtomicFile.read("\(first.path)/\(name)", sizeLimit: 1 << 20)
              == AtomicFile.read("\(second.path)/\(name)", sizeLimit: 1 << 20))
        }
      }
    }
  }

  @Test func parametersHaveTheNamesAndShapesOfPyTorch() throws {
    try TinyRun.inFolder { folder in
      try TinyRun.save(in: folder, steps: 1)
      let file = try SafeTensorsFile(path: "\(folder.path)/model.safetensors")
      #expect(file.tensors.count == 8)
      for (name, shape) in [
        ("lin1.lin.weight", [2, 2]), ("lin1.lin.bias", [2]), ("lin1.embed.weight", [4, 2]),
        ("lin2.lin.weight", [3, 2]), ("lin2.lin.bias", [3]), ("lin2.embed.weight", [4, 3]),
        ("lin3.weight", [2, 3]), ("lin3.bias", [2]),
      ] {
        #expect(file[name]?.shape == shape, "\(name)")
      }
      #expect(file.metadata["format"] == "pt")
      #expect(file.metadata["steps"] == "1")
    }
  }

  @Test func aRunIsOnlyReplacedOnRequest() throws {
    try TinyRun.inFolder { folder in
      #expect(!folder.holdsRun)
      try TinyRun.save(in: folder, steps: 1)
      #expect(folder.holdsRun)
      let before = try folder.progress()
      var other = TinyRun.configuration
      other.training.seed = 1
      let error = #expect(throws: CheckpointError.self) {
        try folder.begin(other, overwrite: false)
      }
      #expect(error?.description.contains("or overwrite it") == true)
      #expect(try folder.configuration() == TinyRun.configuration)
      #expect(try folder.progress() == before)

      try folder.begin(other, overwrite: true)
      #expect(try folder.configuration() == other)
      // No file of the old run is left that could be mistaken for one of the new run.
      let initial = try other.makeModel()
      #expect(try folder.load().model.network.parameters == initial.network.parameters)
      #expect(try folder.training(other).progress == TrainingProgress())
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 4)
      #expect(try folder.metrics().isEmpty)
    }
  }

  #if os(Linux)
  /// The test runs in its own process, where files are limited to 5000 bytes, as on a full disk. The old run
  /// fits; the new one does not.
  @Test func anOldRunSurvivesANewOneThatCannotBeSaved() async {
    await #expect(processExitsWith: .success) {
      try TinyRun.inFolder { folder in
        try TinyRun.save(in: folder, steps: 4)
        let names = [
          "config.json", "metrics.jsonl", "model.safetensors", "training.safetensors",
        ]
        func contents() throws -> [[UInt8]] {
          try names.map { try AtomicFile.read("\(folder.path)/\($0)", sizeLimit: 1 << 20) }
        }
        let before = try contents()
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: 5000, rlim_max: 5000)
        try #require(unsafe setrlimit(__rlimit_resource_t(1), &limit) == 0)
        var large = TinyRun.configuration
        large.model.network = .conditional(widths: [64], activation: .softplus)
        #expect(throws: CheckpointError.self) { try folder.begin(large, overwrite: true) }
        #expect(try contents() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == names)
      }
    }
  }
  #endif

  @Test(arguments: [
    "config.json", "model.safetensors", "training.safetensors", "metrics.jsonl",
  ])
  func eachFileAloneMakesARun(name: String) throws {
    try TinyRun.inFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder.path, withIntermediateDirectories: true)
      try AtomicFile.write([1], to: "\(folder.path)/notes.txt")
      #expect(!folder.holdsRun)
      try AtomicFile.write([1], to: "\(folder.path)/\(name)")
      #expect(folder.holdsRun)
      #expect(throws: CheckpointError.self) {
        try folder.begin(TinyRun.configuration, overwrite: false)
      }
      #expect(try AtomicFile.read("\(folder.path)/\(name)", sizeLimit: 1) == [1])
    }
  }

  @Test func invalidConfigurationLeavesNothingBehind() throws {
    try TinyRun.inFolder { folder in
      var bad = TinyRun.configuration
      bad.training.batchSize = 9
      #expect(throws: CheckpointError.self) { try folder.begin(bad, overwrite: false) }
      #expect(!FileManager.default.fileExists(atPath: folder.path))
      try TinyRun.save(in: folder, steps: 1)
      #expect(throws: CheckpointError.self) { try folder.begin(bad, overwrite: true) }
      #expect(try folder.progress().steps == 1)
    }
  }

  @Test func emptyPathIsRefused() {
    let error = #expect(throws: CheckpointError.self) {
      try RunFolder("").begin(TinyRun.configuration, overwrite: false)
    }
    #expect(error?.description.contains("path of the folder is empty") == true)
  }

  @Test func tensorsThatTheNetworkLacksAreRefused() throws {
    try TinyRun.inFolder { folder in
      try TinyRun.save(in: folder, steps: 1)
      let path = "\(folder.path)/model.safetensors"
      var file = try SafeTensorsFile(path: path)
      file.append(Tensor("lin4.weight", floats: [1], shape: [1]))
      try file.write(to: path)
      let error = #expect(throws: CheckpointError.self) { try folder.load().model }
      #expect(error?.description.contains("\"lin4.weight\"") == true)
    }
  }

  @Test(arguments: [
    TrainingProgress(steps: 4, epochLosses: [1], partialLossSum: 1, partialLossCount: 2),
    TrainingProgress(steps: 4, epochLosses: [], partialLossSum: 1, partialLossCount: 4),
    TrainingProgress(steps: 4, epochLosses: [1, 1, 1]),
    TrainingProgress(steps: 1 << 50), TrainingProgress(steps: -1),
    TrainingProgress(steps: 3, epochLosses: [.nan]),
    TrainingProgress(steps: 1, partialLossSum: .infinity, partialLossCount: 1),
    TrainingProgress(steps: 1, partialLossSum: 1, partialLossCount: -1),
  ])
  func impossibleProgressIsRefused(progress: TrainingProgress) throws {
    try TinyRun.inFolder { folder in
      let state = try TinyRun.state(steps: 1).state
      try folder.begin(TinyRun.configuration, overwrite: false)
      try folder.save(state, progress: progress)
      #expect(throws: CheckpointError.self) { try folder.training(TinyRun.configuration) }
    }
  }

  @Test func negativeSecondMomentsAreRefused() throws {
    try TinyRun.inFolder { folder in
      let (state, progress) = try TinyRun.state(steps: 1)
      var second = state.optimizer.secondMoments
      second[0] = second[0].map { -1 - $0 }
      let optimizer = Adam(
        steps: 1, firstMoments: state.optimizer.firstMoments, secondMoments: second)
      try folder.begin(TinyRun.configuration, overwrite: false)
      try folder.save(
        TrainingState(model: state.model, optimizer: optimizer, average: state.average),
        progress: progress)
      let error = #expect(throws: CheckpointError.self) {
        try folder.training(TinyRun.configuration)
      }
      #expect(error?.description.contains("second_moment.lin1") == true)
    }
  }
}
