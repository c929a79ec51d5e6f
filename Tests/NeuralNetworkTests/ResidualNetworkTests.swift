import Foundation
import LangevinThreading
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// Residual networks, which compute the embedding once per level.
@Suite struct ResidualNetworkTests {
  private static let swiftEngines = Engine.availableInstructionSets.map {
    Engine(.swift, instructionSet: $0)
  }

  /// The levels of a batch: one level for all rows; one per row; groups of three, of seven, and of any
  /// size; and some levels without rows.
  private static let levels: [[Int32]] = [
    [Int32](repeating: 0, count: 45), (0..<45).map { Int32($0) }, (0..<45).map { Int32($0 / 3) },
    (0..<45).map { Int32($0 / 7) }, [0], [0, 0, 0, 0, 0, 1], [2, 2, 5, 9, 9, 9, 9, 9, 9, 11, 12],
    [Int32](repeating: 0, count: 40) + [1, 2, 3, 3, 3],
  ]

  @Test func parametersMatchPyTorchNames() {
    let network = Network.residual(
      inputWidth: 2, outputWidth: 3, width: 8, blocks: 2, featureWidth: 5)
    let shapes = Dictionary(
      uniqueKeysWithValues: network.parameters.layout.declarations.map { ($0.name, $0.shape) })
    #expect(
      shapes == [
        "input.weight": [8, 2], "input.bias": [8], "blocks.0.weight": [8, 8],
        "blocks.0.bias": [8], "blocks.1.weight": [8, 8], "blocks.1.bias": [8],
        "output.weight": [3, 8], "output.bias": [3], "time.weight": [8, 5], "time.bias": [8],
        "shift.weight": [16, 8], "shift.bias": [16],
      ])
    #expect(network.featureWidth == 5 && network.conditionCount == nil)
    #expect(network.inputWidth == 2 && network.widths == [8, 8, 8, 3])
    #expect(network.operationsPerRow == 2 * (2 * 8 + 2 * 8 * 8 + 8 * 3))
    #expect(network.operationsPerLevel == 2 * (5 * 8 + 8 * 16))
    #expect(Network([Activation.softplus], inputWidth: 2).featureWidth == nil)
    for (name, bound) in [("input.bias", 2), ("time.weight", 5), ("shift.bias", 8)] {
      let numbers = doubles(network.parameters[name] ?? Matrix<Float>(rows: 0, columns: 0))
      let greatest = numbers.reduce(0) { max($0, abs($1)) }
      #expect(greatest <= 1 / Double(bound).squareRoot() && greatest > 0)
    }
  }

  @Test func encodingWidensOnlyTheFirstLayer() {
    let network = Network.residual(
      inputWidth: 2, outputWidth: 3, width: 8, blocks: 2, featureWidth: 5, octaves: 4)
    #expect(network.inputWidth == 2 && network.widths == [18, 8, 8, 8, 3])
    #expect(network.parameters["input.weight"]?.columns == 18)
    #expect(network.parameters.names.count == 12)
    let bound = doubles(network.parameters["input.bias"] ?? Matrix<Float>(rows: 0, columns: 0))
      .reduce(0) { max($0, abs($1)) }
    #expect(bound <= 1 / 18.0.squareRoot() && bound > 0)
  }

  /// Before training, every output is zero.
  @Test func outputsAreZeroBeforeTraining() {
    let network = Network.residual(
      inputWidth: 2, outputWidth: 3, width: 8, blocks: 2, featureWidth: 5)
    let outputs = network(
      RandomStream(seed: 1).normal(rows: 4, columns: 2), conditions: [0, 0, 1, 1],
      features: RandomStream(seed: 2).normal(rows: 2, columns: 5))
    #expect(outputs == Matrix<Float>(rows: 4, columns: 3))
  }

  /// A step has the same bits as with one thread, with or without streaming and for any grouping of
  /// levels.
  @Test(arguments: swiftEngines, [(5, 1), (20, 3), (128, 2)])
  func resultsDoNotDependOnThreadsOrStreaming(_ engine: Engine, _ size: (width: Int, blocks: Int)) {
    for (index, levels) in Self.levels.enumerated() {
      // Every other case has a positional encoding of its inputs.
      let problem = TrainingProblem(
        residual: size.width, blocks: size.blocks, octaves: index % 2 * 3, levels: levels)
      let one = problem.train(emaDecay: 0.5, engine: engine)
      #expect(one.parameters != problem.network.parameters)
      for threads in [1, 2, 3, 5] {
        let several = problem.train(
          threads: threads, streams: threads != 1, emaDecay: 0.5, engine: engine)
        #expect(several == one, "\(levels), \(threads) threads")
      }
      let copies = problem.train(threads: 2, emaDecay: 0.5, engine: engine)
      #expect(copies == one, "\(levels)")
    }
  }

  /// A combined step has the same bits as its separate parts, except the norm.
  @Test(arguments: everyEngine, Activation.allCases)
  func stepsMatchTheirSeparateParts(_ engine: Engine, _ activation: Activation) {
    let problem = TrainingProblem(
      residual: 20, blocks: 2, activation: activation, levels: (0..<45).map { Int32($0 / 4) })
    var step = problem.train(threads: 3, streams: true, engine: engine)
    let plain = problem.trainPlainly(engine: engine)
    step.norms = plain.norms
    #expect(step == plain)
  }

  /// OpenBLAS shares no code with the products of the package. One width exceeds the columns that a
  /// product sums in registers.
  @Test(arguments: swiftEngines, [33, 400])
  func gradientsMatchOpenBLAS(_ engine: Engine, width: Int) {
    let problem = TrainingProblem(
      residual: width, blocks: 2, levels: (0..<13).map { Int32($0 / 3) })
    let swift = problem.train(steps: 2, threads: 2, streams: true, engine: engine)
    let openBLAS = problem.train(
      steps: 2, engine: Engine(.openBLAS, instructionSet: engine.instructionSet))
    for (index, name) in swift.gradients.names.enumerated() {
      let (found, expected) = (doubles(swift.gradients[index]), doubles(openBLAS.gradients[index]))
      let scale = expected.reduce(0) { max($0, abs($1)) }
      let error = zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(error <= 1e-4 * scale && scale > 0, "\(name)")
    }
  }

  /// Chunks sum in a different order, and a level may have rows on either side of a boundary; the bits
  /// do not depend on the threads.
  @Test(arguments: everyEngine, [1, 4, 7, 30])
  func chunksMatchUpToRounding(_ engine: Engine, capacity: Int) {
    for levels in Self.levels {
      let problem = TrainingProblem(residual: 20, blocks: 2, levels: levels)
      let whole = problem.train(steps: 2, engine: engine)
      let chunks = problem.train(steps: 2, capacity: capacity, engine: engine)
      #expect(
        problem.train(steps: 2, threads: 3, streams: true, capacity: capacity, engine: engine)
          == chunks)
      for index in whole.gradients.names.indices {
        let (found, expected) = (doubles(chunks.gradients[index]), doubles(whole.gradients[index]))
        let scale = expected.reduce(0) { max($0, abs($1)) }
        let error = zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
        #expect(error <= 1e-4 * scale, "\(whole.gradients.names[index]), \(levels)")
      }
    }
  }

  /// The output of a row depends neither on other rows and levels, nor on whether parameters are packed
  /// again, nor on the thread that computes it.
  @Test(arguments: swiftEngines)
  func rowsAreIndependent(_ engine: Engine) throws {
    let reference = ReferenceNetwork(
      inputs: 2, parts: [.residual(width: 33, blocks: 2, features: 6)], rows: 45,
      conditionCount: 12)
    let (network, conditions) = (reference.network, reference.conditions)
    let features = try #require(reference.features)
    let input = RandomStream(seed: 1).normal(rows: 45, columns: 2)
    let whole = network(input, conditions: conditions, features: features, engine: engine)
    for purpose in [Workspace.Purpose.training, .inference] {
      let workspace = Workspace(
        network, capacity: 45, purpose: purpose, engine: engine, pool: ThreadPool(threads: 3))
      for row in 0..<45 {
        let level = Int(conditions[row])
        var single = Matrix<Float>(rows: 1, columns: 2)
        // Computed alone, its level is the only one.
        single.withMutableHandle { single in
          input.withHandle { input in
            features.withHandle { features in
              unsafe withUnsafePointer(to: Int32(0)) { condition in
                let outputs = unsafe workspace.forward(
                  network, input.rows(row..<row + 1),
                  conditions: Conditions(base: condition, count: 1),
                  features: features.rows(level..<level + 1), parametersUnchanged: row > 0)
                single.copy(outputs)
              }
            }
          }
        }
        #expect(single == whole.rows(row..<row + 1))
      }
    }
  }

  /// Two rows whose levels are further apart than the number of rows.
  @Test(arguments: everyEngine)
  func levelsMayBeFarApart(_ engine: Engine) throws {
    let reference = ReferenceNetwork(
      inputs: 2, parts: [.residual(width: 5, blocks: 1, features: 3)], rows: 2, conditionCount: 9)
    let (network, features) = (reference.network, try #require(reference.features))
    let input = RandomStream(seed: 1).normal(rows: 2, columns: 2)
    let both = network(input, conditions: [1, 7], features: features, engine: engine)
    for (row, level) in [(0, 1), (1, 7)] {
      let single = network(
        input.rows(row..<row + 1), conditions: [0], features: features.rows(level..<level + 1),
        engine: engine)
      for column in 0..<2 { #expect(abs(single[0, column] - both[row, column]) < 1e-5) }
    }
  }

  @Test(arguments: everyEngine)
  func acceptsZeroRows(_ engine: Engine) {
    let network = Network.residual(
      inputWidth: 2, outputWidth: 3, width: 8, blocks: 2, featureWidth: 5)
    let outputs = network(
      Matrix<Float>(rows: 0, columns: 2), features: Matrix<Float>(rows: 0, columns: 5),
      engine: engine)
    #expect(outputs.rows == 0 && outputs.columns == 3)
  }

  /// Invalid levels and features stop the program with a message that states the reason.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["LANGEVIN_EMULATED"] == nil,
      "exit tests do not run in the emulator"))
  func rejectsDescendingLevelsAndMissingFeatures() async {
    func message(_ result: ExitTest.Result?) -> String {
      String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }
    let descending = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let network = Network.residual(
        inputWidth: 2, outputWidth: 2, width: 8, blocks: 1, featureWidth: 5)
      _ = network(
        Matrix<Float>(rows: 2, columns: 2), conditions: [1, 0],
        features: Matrix<Float>(rows: 2, columns: 5))
    }
    #expect(message(descending).contains("level 0 of row 1 follows level 1"))
    let missing = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let network = Network.residual(
        inputWidth: 2, outputWidth: 2, width: 8, blocks: 1, featureWidth: 5)
      _ = network(Matrix<Float>(rows: 2, columns: 2), conditions: [0, 0])
    }
    #expect(message(missing).contains("features of 0 columns do not fit an embedding of 5"))
    let noCapacity = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let problem = TrainingProblem(residual: 5, blocks: 1, levels: [0, 1])
      _ = problem.train(capacity: 0, engine: .swift)
    }
    #expect(message(noCapacity).contains("1 rows of 1 levels do not fit a capacity of 0"))
  }
}
