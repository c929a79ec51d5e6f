import Foundation
import Langevin
import NeuralNetwork
import TestSupport
import Testing

/// The code of the articles. ``DocumentedCodeTests`` checks that the articles show the same code.
@Suite struct ArticleTests {
  private let rows = SmallTraining.rows

  @Test func trainOnRows() async throws {
    let trainer = try Trainer(on: rows, epochs: 2, heldOut: 0.1, seed: 1) {
      $0.model.network = .residual(width: 32, blocks: 2)
      $0.training.batchSize = 64
      $0.training.learningRate = 1e-3
    }
    let model = try await trainer.run()
    #expect(model.configuration.model.network == .residual(width: 32, blocks: 2))
  }

  @Test func trainOnATable() async throws {
    var table = try CustomerTable.table()
    table.columns.removeAll { $0.name == "constant" }
    let model = try await Trainer(on: table, epochs: 2, seed: 1).run()
    let synthetic = try await model.sample(count: 100, seed: 2).table
    for column in synthetic.columns {
      print(column.name, column.kind, "\(column.missingCount) missing")
    }
    #expect(synthetic.columns.map(\.name) == ["age", "plan", "region", "spend"])
  }

  @Test func trainUnderConditions() async throws {
    let table = try CustomerTable.table()
    let trainer = try Trainer(
      on: TableData(table, conditions: ["plan", "region"]), epochs: 2, seed: 1)
    let model = try await trainer.run()
    let rows = try await model.sample(count: 50, seed: 2, where: ["plan": "basic"], guidance: 2)
    #expect(rows.table.rowCount == 50)
  }

  @Test func trainOnImages() async throws {
    let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Examples")
    let images = examples.appendingPathComponent("shapes.npy").path
    let labels = examples.appendingPathComponent("shapes-labels.npy").path
    let shapes = DataFile(images, image: ImageShape("8x8"), labels: labels)
    let drawer = try await Trainer(on: shapes, epochs: 1, seed: 1).run()
    let crosses = try await drawer.sample(count: 16, seed: 2, where: ["label": "1"], guidance: 1.5)
    #expect(crosses.table.columns.count == 65 && crosses.table.rowCount == 16)
    // The samples have the requested label.
    let label = try #require(crosses.table.column("label"))
    guard case .categories(let codes, let texts) = label.cells else {
      Issue.record("\(label.kind)")
      return
    }
    #expect(codes.allSatisfy { texts[Int($0)] == "1" })
  }

  @Test func watchAndStop() async throws {
    let trainer = try Trainer(
      on: rows, epochs: 4, heldOut: 0.1, seed: 1, configure: SmallTraining.configure)
    for try await epoch in trainer.epochs {
      print("epoch \(epoch.epoch), step \(epoch.step): loss \(epoch.loss)")
      if let heldOutLoss = epoch.heldOutLoss, heldOutLoss < epoch.loss / 2 { break }
    }
    let training = Task { try await trainer.run() }
    training.cancel()
    do {
      print("trained \(try await training.value.metrics().count) epochs")
    } catch is CancellationError {
      print("stopped after \(trainer.stepsTaken) steps")
    }
    let samples = try await trainer.model.sample(count: 100, seed: 2)
    #expect(samples.count == 100)
  }

  @Test func watchWithoutTasks() throws {
    let trainer = try SmallTraining.trainer()
    while let epoch = try trainer.nextEpochBlocking() {
      print("epoch \(epoch.epoch), step \(epoch.step): loss \(epoch.loss)")
      if epoch.loss < 0.5 { break }
    }
    #expect(trainer.progress.epochs > 0)
  }

  @Test func sampleFromManyTasks() async throws {
    let model = try SmallTraining.model.get()
    let batches = try await withThrowingTaskGroup(of: Matrix<Float>.self) { group in
      for seed in 0..<8 as Range<UInt64> {
        group.addTask { try await model.sample(count: 100, seed: seed).matrix }
      }
      var batches: [Matrix<Float>] = []
      for try await batch in group { batches.append(batch) }
      return batches
    }
    #expect(batches.count == 8)
    let fast = try await model.sample(count: 100, seed: 1, method: .heun(), steps: 10)
    #expect(fast.count == 100)
  }

  @Test func goOnWithWhatWasSaved() async throws {
    let rows = SmallTraining.matrix
    try await TemporaryFile.with("run") { folder in
      let trainer = try SmallTraining.trainer(epochs: 20)
      for try await epoch in trainer.epochs where epoch.epoch == 5 { break }
      try trainer.model.save(to: folder)
      let resumed = try Trainer(resuming: GenerativeModel(contentsOf: folder), on: rows)
      for try await epoch in resumed.epochs where epoch.epoch % 10 == 0 {
        try resumed.model.save(to: folder, overwriting: true)
      }
      #expect(try GenerativeModel(contentsOf: folder).metrics().count == 20)
    }
  }

  @Test func testAgainstExactDenoisers() {
    let exact = GaussianMixtureDenoiser(
      weights: [0.7, 0.3], means: [[-1], [2]], covariances: [.isotropic(0.04), .isotropic(0.25)])
    let levels = KarrasSigmas(minimum: 0.01, maximum: 30).levels(count: 50)
    let samples = Sampler(exact, levels: levels, method: .heun()).sample(count: 4000, seed: 1)
    // 0.7 · -1 + 0.3 · 2
    #expect(abs(samples.mean + 0.1) < 0.1)
  }

  @Test func writeALayer() throws {
    let sine = Elementwise { x in (sin(x), cos(x)) }
    let network = Network(
      [
        Linear("in", inputs: 2, outputs: 3), sine, Gain(name: "gain", width: 3), mish,
        Linear("out", inputs: 3, outputs: 1),
      ],
      inputWidth: 2)
    let input = RandomStream(seed: 1).normal(rows: 5, columns: 2)
    let workspace = Workspace(network, capacity: 5)
    _ = workspace.forward(network, input)
    let gradients = try #require(
      workspace.backward(
        network, input, outputGradients: Matrix<Float>(rows: 5, columns: 1, repeating: 1),
        wantsInputGradients: true))
    // The slope is the central difference of the sum of the outputs.
    let step: Float = 1e-2
    for column in 0..<2 {
      var (ahead, behind) = (input, input)
      ahead[3, column] += step
      behind[3, column] -= step
      let slope = (network(ahead).sum - network(behind).sum) / Double(2 * step)
      #expect(abs(Double(gradients[3, column]) - slope) < 1e-3)
    }
    for (index, name) in network.parameters.names.enumerated() {
      var (ahead, behind) = (network, network)
      ahead.parameters[index][0, 0] += step
      behind.parameters[index][0, 0] -= step
      let slope = (ahead(input).sum - behind(input).sum) / Double(2 * step)
      #expect(abs(Double(workspace.gradients[index][0, 0]) - slope) < 1e-3, "\(name)")
    }
  }
}
