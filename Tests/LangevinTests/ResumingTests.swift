import Foundation
import Langevin
import TestSupport
import Testing

/// A trainer that resumes a saved run produces the same bits as an uninterrupted one.
@Suite struct ResumingTests {
  /// Sets no learning-rate decay, so that the number of epochs does not change any step.
  private static func configure(_ configuration: inout RunConfiguration) {
    SmallTraining.configure(&configuration)
    configuration.training.decay = .none
  }

  private static func trainer(
    epochs: Int, on data: some TrainingData = SmallTraining.matrix
  ) throws -> Trainer {
    try Trainer(on: data, epochs: epochs, heldOut: 0.2, seed: 1, configure: configure)
  }

  private func told(_ model: GenerativeModel) throws -> [Told] {
    try model.metrics().map { Told($0) }
  }

  /// The result does not depend on where and how often training stops, even within an epoch.
  @Test func aSavedTrainingGoesOn() async throws {
    let whole = try Self.trainer(epochs: 20).runBlocking()
    try await TemporaryFile.with("run") { path in
      var trainer = try Self.trainer(epochs: 4)
      while true {
        let before = trainer.stepsTaken
        let task = Task { [trainer] in try await trainer.run() }
        while trainer.stepsTaken == before { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        _ = try? await task.value
        let progress = trainer.progress
        try trainer.model.save(to: path, overwriting: true)
        let saved = try GenerativeModel(contentsOf: path)
        trainer = try Trainer(resuming: saved, on: SmallTraining.matrix, epochs: 20)
        #expect(trainer.progress == progress)
        if trainer.isComplete { break }
      }
      let loaded = try GenerativeModel(contentsOf: path)
      #expect(try loaded.bits == whole.bits && told(loaded) == told(whole))
    }
  }

  /// A run of a file can be resumed without naming the file again; its labels are in a second file.
  @Test func theFileIsReadAgain() throws {
    try TemporaryFile.with("rows.csv") { path in
      let labels = path + ".labels.csv"
      let rows = (0..<60).map { "\($0 % 7),\(Float($0) / 3)\n" }.joined()
      try Data("a,b\n\(rows)".utf8).write(to: URL(fileURLWithPath: path))
      let kinds = (0..<60).map { "\(["x", "y", "z"][$0 % 3])\n" }.joined()
      try Data("kind\n\(kinds)".utf8).write(to: URL(fileURLWithPath: labels))
      let data = DataFile(path, labels: labels)
      let whole = try Self.trainer(epochs: 3, on: data).runBlocking()
      let first = try Self.trainer(epochs: 1, on: data).runBlocking()
      #expect(first.configuration.model.discreteColumns == [2])
      #expect(try Trainer(resuming: first, epochs: 3).runBlocking().bits == whole.bits)

      try Data("a,b\n\(rows)7,7\n".utf8).write(to: URL(fileURLWithPath: path))
      #expect {
        try Trainer(resuming: first)
      } throws: {
        "\($0)".hasPrefix("\(path): it has changed since the run was trained on it")
      }
    }
  }

  /// A run whose files were moved remembers their new paths once they have been given.
  @Test func movedFilesAreGivenAgain() throws {
    try TemporaryFile.with("rows.csv") { path in
      let rows = (0..<60).map { "\($0 % 7),\(Float($0) / 3),\(["x", "y"][$0 % 2])\n" }.joined()
      try Data("a,b,kind\n\(rows)".utf8).write(to: URL(fileURLWithPath: path))
      let data = DataFile(path, conditions: ["kind"])
      let whole = try Self.trainer(epochs: 3, on: data).runBlocking()
      let first = try Self.trainer(epochs: 1, on: data).runBlocking()
      let moved = path + ".moved.csv"
      try FileManager.default.moveItem(atPath: path, toPath: moved)
      #expect {
        try Trainer(resuming: first)
      } throws: {
        "\($0)".hasPrefix("\(path): it cannot be opened")
      }

      let resumed = try Trainer(
        resuming: first, on: DataFile(moved, conditions: ["kind"]), epochs: 2
      ).runBlocking()
      #expect(try #require(resumed.configuration.dataset.file).path.hasSuffix(".moved.csv"))
      #expect(try Trainer(resuming: resumed, epochs: 3).runBlocking().bits == whole.bits)

      var configuration = first.configuration
      try configuration.moveData(to: moved)
      #expect(try configuration.fileRows() == resumed.configuration.fileRows())
      try Data("a,b,kind\n\(rows)7,7,x\n".utf8).write(to: URL(fileURLWithPath: path))
      #expect {
        try configuration.moveData(to: path)
      } throws: {
        "\($0)".hasPrefix("\(path): it is not the file that the run was trained on")
      }
      #expect(configuration.dataset.file?.path == resumed.configuration.dataset.file?.path)
    }
  }

  @Test func otherDataAndTooFewEpochsAreRefused() throws {
    let model = try Self.trainer(epochs: 2).runBlocking()
    func refusal(_ data: (any TrainingData)?, epochs: Int? = nil) -> String {
      do {
        _ = try Trainer(resuming: model, on: data, epochs: epochs)
        return "none"
      } catch {
        return "\(error)"
      }
    }
    #expect(refusal(nil).hasPrefix("rows: no file or data set holds the data of the run"))
    var moved = SmallTraining.matrix
    moved[0, 0] += 1
    moved[1, 0] += 1
    #expect(refusal(moved) == "the points of rows have changed")
    #expect(
      refusal(moved.rows(0..<7)).contains(
        "the data are 7 × 2, but the run was trained on data of 200 × 2; give those"))
    #expect(
      refusal(SmallTraining.matrix, epochs: 1).contains(
        "epochs 1: the run has 10 steps already, 5 per epoch"))
  }
}
