import Foundation
import Langevin
import TestSupport
import Testing

/// Run folders: the tool reads runs that the library writes, and the library those of the tool.
@Suite struct FolderTests {
  /// Calls `body` with an unused path.
  private func withPath(_ body: (String) throws -> Void) throws {
    try TemporaryFile.with("run", body)
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private func tool(_ arguments: String...) throws {
    let command = [try BuildFolder.program("langevin").path] + arguments
    let result = try ChildProcess(command).result(limit: 120)
    try #require(result.status == 0, "\(arguments): \(result.errors)")
  }

  @Test func aSavedModelIsLoadedAsItWas() throws {
    let model = try SmallTraining.model.get()
    try withPath { path in
      try model.save(to: path)
      let loaded = try GenerativeModel(contentsOf: path)
      #expect(loaded.bits == model.bits && loaded.configuration == model.configuration)
      let (old, new) = try (
        model.sampleBlocking(count: 99, seed: 1), loaded.sampleBlocking(count: 99, seed: 1)
      )
      #expect(old.matrix.bits == new.matrix.bits)
      #expect(try loaded.metrics() == model.metrics() && loaded.metrics().count == 3)

      // Saving it again copies all files of its folder.
      let copy = path + "-copy"
      try loaded.save(to: copy)
      for name in ["config.json", "model.safetensors", "training.safetensors", "metrics.jsonl"] {
        #expect(try bytes("\(path)/\(name)") == bytes("\(copy)/\(name)"), "\(name)")
      }
    }
  }

  /// An untrained model can be saved and then trained; its number of steps is 0.
  @Test func anUntrainedModelIsToldByItsSteps() throws {
    try withPath { path in
      let model = try SmallTraining.trainer().model
      #expect(model.steps == 0)
      try model.save(to: path)
      let loaded = try GenerativeModel(contentsOf: path)
      #expect(loaded.steps == 0 && loaded.bits == model.bits)
      let trained = try Trainer(resuming: loaded, on: SmallTraining.matrix).runBlocking()
      #expect(try trained.bits == SmallTraining.model.get().bits)
      #expect(trained.steps == 21)
      try trained.save(to: path, overwriting: true)
      #expect(try GenerativeModel(contentsOf: path).steps == 21)
    }
  }

  /// A save that was killed between its two files: the model is older than the state of the training. It can
  /// still be saved and trained further.
  @Test func anInterruptedSaveIsFinished() throws {
    try withPath { path in
      let destination = RunDestination(path)
      let first = try Trainer(
        on: SmallTraining.matrix, epochs: 2, seed: 1, savedIn: destination,
        configure: SmallTraining.configure
      ).runBlocking()
      let model = URL(fileURLWithPath: "\(path)/model.safetensors")
      let old = try Data(contentsOf: model)
      let whole = try Trainer(
        resumingRunIn: destination, on: SmallTraining.matrix, epochs: 3
      ).runBlocking()
      try old.write(to: model)
      let loaded = try GenerativeModel(contentsOf: path)
      #expect(loaded.bits == first.bits)
      let copy = path + "-copy"
      try loaded.save(to: copy)
      #expect(try GenerativeModel(contentsOf: copy).bits == whole.bits)
      // The other way round, the files are of no one run.
      try Data(bytes("\(copy)/model.safetensors")).write(to: model)
      let training = URL(fileURLWithPath: "\(path)/training.safetensors")
      let later = try Data(contentsOf: training)
      try first.save(to: path + "-first")
      try Data(bytes("\(path)-first/training.safetensors")).write(to: training)
      let mixed = try GenerativeModel(contentsOf: path)
      #expect(throws: CheckpointError.self) { try mixed.save(to: path + "-mixed") }
      try later.write(to: training)
      try old.write(to: model)
      let resumed = try Trainer(resuming: loaded, on: SmallTraining.matrix, epochs: 3)
      #expect(resumed.stepsTaken == whole.steps)
      #expect(try resumed.runBlocking().bits == whole.bits)
    }
  }

  @Test func aRunIsReplacedOnlyIfAskedFor() throws {
    let model = try SmallTraining.model.get()
    try withPath { path in
      try SmallTraining.trainer(epochs: 1).runBlocking().save(to: path)
      let loaded = try GenerativeModel(contentsOf: path)
      #expect {
        try model.save(to: path)
      } throws: {
        "\($0)".hasSuffix("already holds a run; name another folder, or overwrite it")
      }
      try model.save(to: path, overwriting: true)
      #expect(try GenerativeModel(contentsOf: path).bits == model.bits)
      #expect {
        try loaded.save(to: path + "-copy")
      } throws: {
        "\($0)".hasSuffix("use the config.json of this run, or an earlier checkpoint")
          || "\($0)".hasSuffix("its run has changed since the model was loaded; load it again")
      }
    }
  }

  @Test func aFolderWithoutARunIsRefused() throws {
    #expect {
      try GenerativeModel(contentsOf: "nowhere")
    } throws: {
      "\($0)".hasPrefix("nowhere: there is no such folder")
    }
  }

  @Test func theToolSamplesWhatTheLibrarySaved() throws {
    let model = try SmallTraining.model.get()
    try withPath { path in
      try model.save(to: path)
      try tool("sample", path, "--count", "150", "--seed", "7", "--output", "\(path)/new.csv")
      #expect(try bytes("\(path)/new.csv") == model.sampleBlocking(count: 150, seed: 7).csv)
      try tool("info", path)
    }
  }

  @Test func theLibrarySamplesWhatTheToolTrained() throws {
    try withPath { path in
      try tool(
        "train", "moons", "--count", "100", "--hidden", "8,8", "--epochs", "2", "--output", path)
      try tool("sample", path, "--count", "150", "--seed", "7", "--output", "\(path)/new.csv")
      let model = try GenerativeModel(contentsOf: path)
      #expect(try bytes("\(path)/new.csv") == model.sampleBlocking(count: 150, seed: 7).csv)
    }
  }

  /// Training on a file gives the same bytes in the library and in the tool, and the tool resumes a run of
  /// the library.
  @Test(arguments: [[], ["plan"]])
  func aFileIsTrainedOnAsByTheTool(conditions: [String]) throws {
    try withPath { path in
      let file = "\(path).csv"
      try Data(CustomerTable.text.utf8).write(to: URL(fileURLWithPath: file))
      let trainer = try Trainer(
        on: DataFile(file, dropping: ["id"], conditions: conditions), epochs: 2, heldOut: 0.2,
        seed: 3,
        configure: SmallTraining.configure)
      try trainer.runBlocking().save(to: path)
      let options =
        [
          "train", file, "--drop", "id", "--hidden", "8,8", "--batch", "32", "--held-out",
          "0.2",
          "--seed", "3", "--epochs", "2",
        ] + conditions.flatMap { ["--condition", $0] }
      let command = [try BuildFolder.program("langevin").path] + options
      let other = path + "-tool"
      #expect(try ChildProcess(command + ["--output", other]).result(limit: 120).status == 0)
      for name in ["config.json", "model.safetensors", "training.safetensors"] {
        #expect(try bytes("\(path)/\(name)") == bytes("\(other)/\(name)"), "\(name)")
      }
      try tool("sample", path, "--count", "150", "--seed", "7", "--output", "\(path)/new.csv")
      #expect(
        try bytes("\(path)/new.csv") == trainer.model.sampleBlocking(count: 150, seed: 7).csv)
      try tool("resume", path, "--epochs", "3", "--quiet")
    }
  }
}
