import Langevin
import NeuralNetwork
import Testing

@Suite struct TrainingTests {
  @Test func rowsAndMatrixAreTheSame() throws {
    let expected = try SmallTraining.model.get().bits
    let floats = try Trainer(
      on: SmallTraining.rows, epochs: 3, seed: 1, configure: SmallTraining.configure)
    let doubles = try Trainer(
      on: SmallTraining.rows.map { $0.map(Double.init) }, epochs: 3, seed: 1,
      configure: SmallTraining.configure)
    #expect(try floats.runBlocking().bits == expected)
    #expect(try doubles.runBlocking().bits == expected)
    #expect(floats.configuration == doubles.configuration)
  }

  @Test(arguments: 1...3) func threadsDoNotMatter(threads: Int) throws {
    let trainer = try SmallTraining.trainer(threads: threads)
    #expect(try trainer.runBlocking().bits == SmallTraining.model.get().bits)
  }

  @Test func anotherSeedIsAnotherModel() throws {
    #expect(try SmallTraining.trainer(seed: 2).runBlocking().bits != SmallTraining.model.get().bits)
  }

  /// Both loops report the metrics of `Training`, step by step.
  @Test func progressIsThatOfTheSteps() async throws {
    let blocking = try SmallTraining.trainer(heldOut: 0.1)
    let expected = try byHand(blocking.configuration)
    var told: [Told] = []
    while let epoch = try blocking.nextEpochBlocking() { told.append(Told(epoch)) }
    #expect(told == expected.told)
    #expect(blocking.isComplete && blocking.model.bits == expected.bits)
    #expect(blocking.progress.epochLosses == told.map(\.loss))
    #expect(told.allSatisfy { $0.heldOutLoss != nil && $0.gradientNorm != nil })

    let tasks = try SmallTraining.trainer(heldOut: 0.1)
    var asynchronous: [Told] = []
    for try await epoch in tasks.epochs {
      #expect(epoch.stepsPerSecond > 0)
      asynchronous.append(Told(epoch))
    }
    #expect(asynchronous == expected.told && tasks.isComplete)
    #expect(tasks.model.bits == expected.bits)
  }

  private func byHand(
    _ configuration: RunConfiguration
  ) throws -> (told: [Told], bits: [UInt32]) {
    var order = Array(0..<200)
    RandomPurpose.heldOutRows.stream(seed: 1).shuffle(&order)
    let training = try Training(
      configuration.makeModel(), data: SmallTraining.matrix.rows(at: order.dropFirst(20)),
      heldOut: SmallTraining.matrix.rows(at: order.prefix(20)),
      configuration: configuration.trainingConfiguration(threads: 1))
    var progress = TrainingProgress()
    var told: [Told] = []
    for step in training.prefix(3 * training.stepsPerEpoch) {
      guard let means = progress.record(step) else { continue }
      told.append(
        Told(
          EpochMetrics(
            epoch: progress.epochs, step: progress.steps, loss: means.loss,
            gradientNorm: means.gradientNorm, learningRate: training.learningRate(at: step.step),
            stepsPerSecond: 0, heldOutLoss: training.heldOutLoss())))
    }
    return (told, training.result.network.parameters.flat.bits)
  }

  @Test func anEndedTrainingHasNoMoreEpochs() async throws {
    let trainer = try SmallTraining.trainer(epochs: 1)
    _ = try await trainer.run()
    for try await epoch in trainer.epochs { Issue.record("epoch \(epoch.epoch)") }
    #expect(try trainer.nextEpochBlocking() == nil)
    #expect(try await trainer.run().bits == trainer.model.bits)
  }

  /// A model does not change while its training continues.
  @Test func modelsAreValues() throws {
    let trainer = try SmallTraining.trainer()
    #expect(try trainer.nextEpochBlocking()?.epoch == 1)
    let early = trainer.model
    let bits = early.bits
    _ = try trainer.runBlocking()
    #expect(early.bits == bits && trainer.model.bits != bits)
  }

  @Test func presetsAreThoseOfTheTool() throws {
    let trainer = try Trainer(on: SmallTraining.matrix, preset: .original)
    #expect(trainer.configuration.model == Preset.original.model(dimension: 2, rows: 200))
    #expect(trainer.configuration.training == Preset.original.training(seed: 0, rows: 200))
  }
}
