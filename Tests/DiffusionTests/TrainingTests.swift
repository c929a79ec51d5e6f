import Datasets
import Diffusion
import LinearAlgebra
import NeuralNetwork
import Testing

/// Training depends only on its seed, can stop at any step, and lowers the loss.
@Suite struct TrainingTests {
  private static let model = DiffusionModel.original(hidden: [20, 16], steps: 10)
  /// Four steps an epoch; the last batch has 11 rows.
  private static let data = Dataset.swissRoll.points(count: 59, RandomStream(seed: 2))

  private func training(
    _ engine: Engine, threads: Int = 1, seed: UInt64 = 1
  ) throws -> Training {
    try Training(
      Self.model, data: Self.data,
      configuration: TrainingConfiguration(batchSize: 16, seed: seed, threads: threads),
      engine: engine)
  }

  @Test(arguments: everyEngine)
  func resultsDoNotDependOnThreads(_ engine: Engine) throws {
    let one = try training(engine)
    let steps = Array(one.prefix(6))
    for threads in [2, 3] {
      let several = try training(engine, threads: threads)
      #expect(Array(several.prefix(6)) == steps)
      #expect(several.model.network.parameters == one.model.network.parameters)
    }
    let other = try training(engine, seed: 2)
    #expect(other.step().loss != steps[0].loss)
  }

  /// Stops after whole epochs and within an epoch.
  @Test(arguments: everyEngine, [1, 4, 5, 7])
  func resumeMatchesUninterruptedRun(_ engine: Engine, count: Int) throws {
    let whole = try training(engine)
    let steps = Array(whole.prefix(2 * count))
    let first = try training(engine)
    #expect(Array(first.prefix(count)) == Array(steps[..<count]))
    let second = try Training(
      first.state, data: Self.data, configuration: first.configuration, engine: engine)
    #expect(Array(second.prefix(count)) == Array(steps[count...]))
    #expect(second.stepsTaken == 2 * count)
    #expect(second.model.network.parameters == whole.model.network.parameters)
    #expect(second.optimizer.firstMoments == whole.optimizer.firstMoments)
    #expect(second.optimizer.secondMoments == whole.optimizer.secondMoments)
    #expect(first.stepsTaken == count)
  }

  /// The rows are unit vectors with almost no noise, so a row of the batch shows as a column of the
  /// weight gradient that is not near zero.
  @Test func epochsVisitEachRowOnce() throws {
    let rows = 10
    let model = DiffusionModel(
      schedule: NoiseSchedule(beta: [1e-12]),
      network: Network([Linear("a", inputs: rows, outputs: rows)], inputWidth: rows))
    let training = try Training(
      model, data: .identity(rows), configuration: TrainingConfiguration(batchSize: 4, seed: 3))
    #expect(training.stepsPerEpoch == 3)
    var orders: Set<[[Int]]> = []
    for epoch in 0..<4 {
      var batches: [[Int]] = []
      for number in 0..<3 {
        let step = training.step()
        #expect(step.epoch == epoch)
        #expect(step.step == 3 * epoch + number)
        #expect(step.endsEpoch == (number == 2))
        let gradients = training.gradients[0]
        batches.append(
          (0..<rows).filter { column in
            (0..<rows).contains { abs(gradients[$0, column]) > 1e-4 }
          })
      }
      #expect(batches.map(\.count) == [4, 4, 2])
      #expect(batches.joined().sorted() == Array(0..<rows))
      orders.insert(batches)
    }
    #expect(orders.count > 1)
  }

  @Test func lossFallsOnTheSwissRoll() throws {
    let training = try Training(
      .original(hidden: [32, 32], steps: 100),
      data: Dataset.swissRoll.points(count: 2000, RandomStream(seed: 1)),
      configuration: TrainingConfiguration(batchSize: 100, learningRate: 3e-3))
    let losses = training.prefix(160).map(\.loss)
    #expect(mean(Array(losses[120...])) < 0.8 * mean(Array(losses[..<20])))
  }

  /// Adam's step barely depends on the length of the gradient, so the test compares the moments.
  @Test func gradientsAreClipped() throws {
    func moments(_ maximum: Double?) throws -> (norm: Double, moments: Parameters) {
      let training = try Training(
        Self.model, data: Self.data,
        configuration: TrainingConfiguration(batchSize: 16, maximumGradientNorm: maximum))
      let norm = training.step().gradientNorm
      return (norm, training.optimizer.firstMoments)
    }
    let (norm, free) = try moments(nil)
    let (_, clipped) = try moments(norm / 2)
    let (_, untouched) = try moments(2 * norm)
    #expect(abs(free.norm() / (0.1 * norm) - 1) < 1e-6)
    #expect(abs(clipped.norm() / free.norm() - 0.5) < 1e-5)
    #expect(untouched == free)
  }

  @Test func rejectsInvalidDataAndSettings() throws {
    func error(
      _ data: Matrix<Float>,
      _ configuration: TrainingConfiguration = TrainingConfiguration(batchSize: 2)
    ) -> TrainingError? {
      do throws(TrainingError) {
        _ = try Training(Self.model, data: data, configuration: configuration)
        return nil
      } catch {
        return error
      }
    }
    let data = Matrix<Float>([[1, 2], [3, 4], [5, 6]])
    #expect(error(data) == nil)
    #expect(error(Matrix<Float>(rows: 0, columns: 2)) == .noData)
    #expect(
      error(Matrix<Float>(rows: 3, columns: 3)) == .wrongDimension(data: 3, model: 2))
    for size in [-1, 0, 4] {
      #expect(
        error(data, TrainingConfiguration(batchSize: size)) == .invalidBatchSize(size, rows: 3))
    }
    for rate in [0, -1, Double.infinity] {
      #expect(
        error(data, TrainingConfiguration(batchSize: 2, learningRate: rate))
          == .setting(
            "learningRate", value: rate == .infinity ? "inf" : "\(Int(rate))",
            allowed: "above 0, up to 1000000"))
    }
    #expect(error(data, TrainingConfiguration(batchSize: 2, learningRate: .nan)) != nil)
    #expect(
      error(data, TrainingConfiguration(batchSize: 2, cosineDecaySteps: 0))
        == .setting("cosineDecaySteps", value: "0", allowed: "from 1"))
    #expect(
      error(data, TrainingConfiguration(batchSize: 2, threads: 0))
        == .setting("threads", value: "0", allowed: "from 1 to 1024"))
    for norm in [0, -1] as [Double] {
      #expect(
        error(data, TrainingConfiguration(batchSize: 2, maximumGradientNorm: norm))
          == .setting("maximumGradientNorm", value: "\(Int(norm))", allowed: "above 0"))
    }
    #expect(error(data, TrainingConfiguration(batchSize: 2, maximumGradientNorm: .nan)) != nil)
    for value in [Float.nan, .infinity, -.infinity] {
      var damaged = data
      damaged[1, 1] = value
      #expect(error(damaged) == .dataNotFinite(row: 1, column: 1))
    }
  }

  /// A network without the noise level as an input can be sampled but not trained.
  @Test func rejectsNetworksWithoutLevels() {
    let blind = DiffusionModel(
      process: .logNormal(.init()), prediction: .preconditioned(),
      network: Network([Linear("a", inputs: 2, outputs: 2)], inputWidth: 2))
    #expect(throws: TrainingError.noLevels) {
      try Training(
        blind, data: Matrix<Float>([[1, 2], [3, 4]]), configuration: .init(batchSize: 2))
    }
  }
}
