import Foundation
import Langevin
import TestSupport
import Testing

/// Trainers that save their runs while they train.
@Suite struct RunDestinationTests {
  private func trainer(_ destination: RunDestination, epochs: Int = 4) throws -> Trainer {
    try Trainer(
      on: SmallTraining.matrix, epochs: epochs, seed: 1, savedIn: destination,
      configure: SmallTraining.configure)
  }

  private func trained(epochs: Int = 4) throws -> GenerativeModel {
    try SmallTraining.trainer(epochs: epochs).runBlocking()
  }

  @Test func savesTheWholeRun() throws {
    try TemporaryFile.with("run") { folder in
      let model = try trainer(RunDestination(folder)).runBlocking()
      let loaded = try GenerativeModel(contentsOf: folder)
      #expect(loaded.bits == model.bits && loaded.steps == 28)
      #expect(try loaded.bits == trained().bits)
      #expect(try loaded.metrics().map(Told.init) == model.metrics().map(Told.init))
    }
  }

  @Test func beginsAtOnce() throws {
    try TemporaryFile.with("run") { folder in
      _ = try trainer(RunDestination(folder))
      #expect(try GenerativeModel(contentsOf: folder).steps == 0)
    }
  }

  /// A trainer saves after each epoch if requested, after the interval (here also zero), or else at the end.
  @Test(arguments: [
    (Duration.seconds(1000), Int?.none, 0), (.seconds(1000), 1, 14), (.zero, nil, 14),
  ])
  func savesWhenItIsDue(interval: Duration, epochs: Int?, steps: Int) throws {
    try TemporaryFile.with("run") { folder in
      let trainer = try trainer(
        RunDestination(folder, interval: interval, epochs: epochs))
      _ = try trainer.nextEpochBlocking()
      _ = try trainer.nextEpochBlocking()
      #expect(try GenerativeModel(contentsOf: folder).steps == steps)
      try trainer.save()
      #expect(try GenerativeModel(contentsOf: folder).steps == 14)
    }
  }

  @Test func cancellationSaves() async throws {
    try await TemporaryFile.with("run") { folder in
      let trainer = try trainer(RunDestination(folder))
      let task = Task {
        for try await epoch in trainer.epochs where epoch.epoch == 2 {
          unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        }
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(try GenerativeModel(contentsOf: folder).steps == 14)
    }
  }

  /// The bits are the same if the run is resumed by its folder or by the same settings.
  @Test(arguments: [true, false])
  func resumesToTheSameBits(byFolder: Bool) throws {
    try TemporaryFile.with("run") { folder in
      let destination = RunDestination(folder, existingRun: .resume, epochs: 1)
      do {
        let trainer = try trainer(destination)
        _ = try trainer.nextEpochBlocking()
      }
      let trainer =
        byFolder
        ? try Trainer(resumingRunIn: destination, on: SmallTraining.matrix)
        : try trainer(destination)
      #expect(trainer.stepsTaken == 7)
      #expect(try trainer.runBlocking().bits == trained().bits)
      #expect(try GenerativeModel(contentsOf: folder).metrics().map(\.epoch) == [1, 2, 3, 4])
    }
  }

  @Test func addsEpochs() throws {
    try TemporaryFile.with("run") { folder in
      _ = try trainer(RunDestination(folder), epochs: 1).runBlocking()
      let trainer = try Trainer(
        resumingRunIn: RunDestination(folder), on: SmallTraining.matrix, epochs: 3)
      _ = try trainer.runBlocking()
      #expect(try GenerativeModel(contentsOf: folder).configuration.training.epochs == 3)
      #expect(throws: TrainerError.self) {
        try Trainer(resumingRunIn: RunDestination(folder), on: SmallTraining.matrix, epochs: 2)
      }
    }
  }

  @Test func anotherRunIsRefusedOrReplaced() throws {
    try TemporaryFile.with("run") { folder in
      _ = try trainer(RunDestination(folder)).runBlocking()
      #expect(throws: TrainerError.self) { try trainer(RunDestination(folder)) }
      // A run on other data is not resumed.
      #expect(throws: TrainerError.self) {
        try Trainer(
          on: SmallTraining.matrix.rows(0..<100), epochs: 4, seed: 1,
          savedIn: RunDestination(folder, existingRun: .resume),
          configure: SmallTraining.configure)
      }
      #expect(try GenerativeModel(contentsOf: folder).steps == 28)
      _ = try trainer(RunDestination(folder, existingRun: .overwrite))
      #expect(try GenerativeModel(contentsOf: folder).steps == 0)
    }
  }

  /// Arguments are checked before the folder is touched.
  @Test func wrongThreadsLeaveTheRunAlone() throws {
    try TemporaryFile.with("run") { folder in
      _ = try trainer(RunDestination(folder)).runBlocking()
      #expect(throws: TrainerError.threads(0)) {
        try Trainer(
          on: SmallTraining.matrix, threads: 0,
          savedIn: RunDestination(folder, existingRun: .overwrite))
      }
      #expect(throws: TrainerError.threads(2000)) {
        try Trainer(
          resumingRunIn: RunDestination(folder), on: SmallTraining.matrix, epochs: 9, threads: 2000)
      }
      let loaded = try GenerativeModel(contentsOf: folder)
      #expect(loaded.steps == 28 && loaded.configuration.training.epochs == 4)
    }
  }

  /// Resuming a run on a named data set needs no data.
  @Test func namedDataAreDrawnAgain() throws {
    try TemporaryFile.with("run") { folder in
      let data = try NamedData("moons", count: 200, noise: 0.2)
      let destination = RunDestination(folder, epochs: 1)
      func trainer(_ destination: RunDestination?) throws -> Trainer {
        try Trainer(
          on: data, epochs: 3, heldOut: 0.1, seed: 3, savedIn: destination,
          configure: SmallTraining.configure)
      }
      do {
        let trainer = try trainer(destination)
        _ = try trainer.nextEpochBlocking()
      }
      for (count, noise) in [(0, nil), (10, -0.1), (10, .nan), (Int.max, 0)] as [(Int, Double?)] {
        let bad = try NamedData("moons", count: count, noise: noise)
        #expect(throws: TrainerError.self) { try Trainer(on: bad) }
      }
      let resumed = try Trainer(resumingRunIn: destination).runBlocking()
      #expect(try resumed.bits == trainer(nil).runBlocking().bits)
    }
  }
}
