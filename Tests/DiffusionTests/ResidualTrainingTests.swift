import Datasets
import Diffusion
import LinearAlgebra
import NeuralNetwork
import Testing

/// Training of residual networks with every setting of the configuration.
@Suite struct ResidualTrainingTests {
  /// Four steps an epoch; the last batch has 11 rows.
  private static let data = Dataset.swissRoll.points(count: 59, RandomStream(seed: 2))
  private static let model = DiffusionModel.residual(
    dimension: 2, width: 16, blocks: 2, frequencies: 4, moments: DataMoments(data))
  private static let configuration = TrainingConfiguration(
    batchSize: 16, learningRate: 5e-3,
    warmUpSteps: 3, cosineDecaySteps: 16,
    rowsPerLevel: 4, emaDecay: 0.9, seed: 1)

  private func training(_ engine: Engine, threads: Int = 1) throws -> Training {
    var configuration = Self.configuration
    configuration.threads = threads
    return try Training(
      Self.model, data: Self.data, configuration: configuration, engine: engine)
  }

  private func expectSame(
    _ a: TrainingState, _ b: TrainingState, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      a.model.network.parameters == b.model.network.parameters, sourceLocation: sourceLocation)
    #expect(
      a.optimizer.firstMoments == b.optimizer.firstMoments, sourceLocation: sourceLocation)
    #expect(
      a.optimizer.secondMoments == b.optimizer.secondMoments, sourceLocation: sourceLocation)
    #expect(a.optimizer.steps == b.optimizer.steps, sourceLocation: sourceLocation)
    #expect(a.average == b.average, sourceLocation: sourceLocation)
  }

  @Test(arguments: everyEngine)
  func resultsDoNotDependOnThreads(_ engine: Engine) throws {
    let one = try training(engine)
    let steps = Array(one.prefix(6))
    for threads in [2, 3] {
      let several = try training(engine, threads: threads)
      #expect(Array(several.prefix(6)) == steps)
      expectSame(several.state, one.state)
    }
  }

  /// Stops after whole epochs and within an epoch: EMA, warm-up, and decay continue.
  @Test(arguments: everyEngine, [1, 4, 7])
  func resumeMatchesUninterruptedRun(_ engine: Engine, count: Int) throws {
    let whole = try training(engine)
    let steps = Array(whole.prefix(2 * count))
    let first = try training(engine)
    #expect(Array(first.prefix(count)) == Array(steps[..<count]))
    let second = try Training(
      first.state, data: Self.data, configuration: first.configuration, engine: engine)
    #expect(Array(second.prefix(count)) == Array(steps[count...]))
    expectSame(second.state, whole.state)
    #expect(first.stepsTaken == count)
  }

  /// The EMA takes in the parameters of each step with decay min(d, (1 + n)/(10 + n)) and changes
  /// nothing else.
  @Test(arguments: [0.15, 0.9])
  func averageMatchesTheFormulaAndLeavesTrainingUnchanged(_ decay: Double) throws {
    var configuration = Self.configuration
    configuration.emaDecay = decay
    let averaged = try Training(Self.model, data: Self.data, configuration: configuration)
    configuration.emaDecay = nil
    let plain = try Training(Self.model, data: Self.data, configuration: configuration)
    var expected = doubles(Self.model.network.parameters.flat)
    for n in 1...9 {
      #expect(averaged.step() == plain.step())
      let d = min(decay, Double(1 + n) / Double(10 + n))
      let parameters = doubles(averaged.model.network.parameters.flat)
      for i in expected.indices { expected[i] = d * expected[i] + (1 - d) * parameters[i] }
      for (a, b) in zip(doubles(averaged.result.network.parameters.flat), expected) {
        #expect(abs(a - b) < 2e-6)
      }
    }
    #expect(averaged.state.average?.updates == 9 && plain.state.average == nil)
    #expect(averaged.model.network.parameters == plain.model.network.parameters)
    #expect(averaged.optimizer.secondMoments == plain.optimizer.secondMoments)
    #expect(plain.result.network.parameters == plain.model.network.parameters)
    // Sampling uses the EMA.
    let result = averaged.result
    #expect(result.network.parameters == averaged.state.average?.parameters)
    #expect(result.standardization == Self.model.standardization)
    #expect(
      Sampler(result, steps: 3).sample(count: 5, seed: 1)
        != Sampler(averaged.model, steps: 3).sample(count: 5, seed: 1))
  }

  /// The length of Adam's first step is the learning rate, whatever the gradient.
  @Test func learningRateFollowsItsSchedule() throws {
    let training = try training(.current)
    training.step()
    let moved = zip(
      doubles(training.model.network.parameters.flat), doubles(Self.model.network.parameters.flat)
    ).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(abs(moved / (5e-3 / 3) - 1) < 1e-3)
    for _ in 1..<16 { training.step() }
    let last = training.model.network.parameters
    // After the end of the cosine the parameters stay unchanged.
    training.step()
    #expect(training.model.network.parameters == last && training.stepsTaken == 17)
  }

  @Test(
    arguments: [LossWeighting.uniform, .minimumSNR(), .edm()],
    [(Prediction.preconditioned(), 1), (.preconditioned(), 4), (.velocity, 4), (.data, 3)])
  func everyWeightingReducesTheLoss(
    _ weighting: LossWeighting, _ kind: (prediction: Prediction, rowsPerLevel: Int)
  ) throws {
    // Two identical columns: each reveals the noise of the other.
    func points(_ seed: UInt64) -> Matrix<Float> {
      let column = RandomStream(seed: seed).normal(rows: 256, columns: 1)
      return Matrix<Float>(rows: 256, columns: 2) { row, _ in column[row, 0] }
    }
    let data = points(1)
    let model = DiffusionModel.residual(
      dimension: 2, width: 24, blocks: 2, frequencies: 8,
      process: .continuousVP(ContinuousVP()), prediction: kind.prediction,
      moments: DataMoments(data))
    let training = try Training(
      model, data: data, heldOut: points(2),
      configuration: TrainingConfiguration(
        batchSize: 64, learningRate: 5e-3, weighting: weighting,
        rowsPerLevel: kind.rowsPerLevel))
    let before = try #require(training.heldOutLoss())
    #expect(Array(training.prefix(40)).count == 40)
    let after = try #require(training.heldOutLoss())
    #expect(after < 0.95 * before, "\(weighting), \(kind): \(before), \(after)")
  }

  @Test func heldOutLossFallsOnTheSwissRoll() throws {
    let data = Dataset.swissRoll.points(count: 1024, RandomStream(seed: 1))
    let training = try Training(
      .residual(dimension: 2, width: 32, blocks: 2, moments: DataMoments(data)), data: data,
      heldOut: Dataset.swissRoll.points(count: 512, RandomStream(seed: 2)),
      configuration: TrainingConfiguration(
        batchSize: 128, learningRate: 1e-2, rowsPerLevel: 4, emaDecay: 0.9))
    let before = try #require(training.heldOutLoss())
    #expect(Array(training.prefix(300)).count == 300)
    let after = try #require(training.heldOutLoss())
    // Most of this loss is noise that no network can distinguish from data.
    #expect(after < 0.95 * before, "\(before), \(after)")
  }

  @Test func heldOutLossDependsOnTheNetworkAlone() throws {
    let heldOut = Dataset.swissRoll.points(count: 200, RandomStream(seed: 9))
    func make(_ configuration: TrainingConfiguration) throws -> Training {
      try Training(
        Self.model, data: Self.data, heldOut: heldOut, configuration: configuration)
    }
    let training = try make(Self.configuration)
    let first = try #require(training.heldOutLoss())
    #expect(try training.heldOutLoss() == first && make(Self.configuration).heldOutLoss() == first)
    // Batch size, learning rate, and shared levels do not change it.
    var other = Self.configuration
    (other.batchSize, other.learningRate, other.rowsPerLevel) = (7, 1, 1)
    #expect(try make(other).heldOutLoss() == first)
    training.step()
    #expect(training.heldOutLoss() != first)
    // The loss is that of the EMA; without a warm-up the two would be far apart.
    let resumed = try Training(
      TrainingState(training.result), data: Self.data, heldOut: heldOut,
      configuration: Self.configuration)
    #expect(resumed.heldOutLoss() == training.heldOutLoss())
    let none = try Training(Self.model, data: Self.data, configuration: Self.configuration)
    #expect(none.heldOutLoss() == nil)
    let empty = try Training(
      Self.model, data: Self.data, heldOut: Matrix<Float>(rows: 0, columns: 2),
      configuration: Self.configuration)
    #expect(empty.heldOutLoss() == nil)
  }

  /// Before training, the network returns 0, so the loss is the mean square of its targets: 1.
  @Test func heldOutLossIsOneBeforeTraining() throws {
    let data = Dataset.swissRoll.points(count: 2000, RandomStream(seed: 1))
    let model = DiffusionModel.residual(
      dimension: 2, width: 8, blocks: 1, moments: DataMoments(data))
    let training = try Training(model, data: data, heldOut: data)
    let loss = try #require(training.heldOutLoss())
    // The standard error of the mean of 4000 squares with variance 2, as for normal targets.
    #expect(abs(loss - 1) < 4 * (2.0 / 4000).squareRoot())
  }
}
