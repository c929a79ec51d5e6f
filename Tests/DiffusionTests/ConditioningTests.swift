import Diffusion
import LinearAlgebra
import NeuralNetwork
import Testing

/// Training, guidance, sampling, and likelihoods of models with a context.
@Suite struct ConditioningTests {
  private static let level = NoiseLevel(sigma: 0.8)
  private static let contexts = Matrix<Float>(rows: 2, columns: 3) { $0 == $1 ? 1 : 0 }

  /// Two groups of points, each followed by its own context.
  private static let groups: Matrix<Float> = {
    let noise = RandomStream(seed: 5).normal(rows: 200, columns: 2)
    let points = Matrix<Float>(rows: 200, columns: 2) { row, column in
      (row % 2 == 0 ? 2 : -2) + 0.3 * noise[row, column]
    }
    return .horizontally([points, contexts.rows(at: (0..<200).map { $0 % 2 })])
  }()

  private static func training(
    dropout: Double = 0.2, threads: Int = 1, epochs: Int = 1
  ) throws -> Training {
    let model = DiffusionModel.residual(
      dimension: 2, contextWidth: 3, width: 24, blocks: 2,
      moments: DataMoments(groups.columns(0..<2)), seed: 1)
    var configuration = TrainingConfiguration.best(
      steps: 7 * epochs, batchSize: 32, seed: 1, threads: threads)
    configuration.contextDropout = dropout
    return try Training(model, data: groups, configuration: configuration)
  }

  /// Given a context, samples come from its group; without one, from both groups.
  @Test func samplesFollowTheirContext() throws {
    let training = try Self.training(epochs: 150)
    for _ in training.prefix(7 * 150) {}
    func share(_ contexts: Matrix<Float>?, guidance: Double = 1) -> Double {
      let samples = Sampler(training.result, steps: 12, contexts: contexts, guidance: guidance)
        .sample(count: 400, seed: 2)
      return Double((0..<400).count { samples[$0, 0] > 0 }) / 400
    }
    #expect(share(Self.contexts.rows(0..<1)) > 0.97)
    #expect(share(Self.contexts.rows(1..<2)) < 0.03)
    #expect(share(Self.contexts.rows(0..<1), guidance: 2) > 0.97)
    #expect(abs(share(nil) - 0.5) < 0.2)
    #expect(share(Self.contexts, guidance: 0) == share(nil))
    // Rows take the contexts in turn.
    let samples = Sampler(training.result, steps: 12, contexts: Self.contexts)
      .sample(count: 400, seed: 2)
    #expect((0..<400).count { (samples[$0, 0] > 0) == ($0 % 2 == 0) } > 388)
  }

  /// D_w(x | c) = D(x) + w (D(x | c) - D(x)), where D(x | c) is the network's estimate with context c.
  @Test(arguments: everyEngine, [0, 0.5, 1, 1.5, 4] as [Double])
  func guidanceMatchesTheFormula(_ engine: Engine, guidance: Double) {
    let model = residualModel(contextWidth: 3)
    let states = RandomStream(seed: 3).normal(rows: 7, columns: 2)
    let found = GuidedDenoiser(model, contexts: Self.contexts, guidance: guidance)
      .denoise(states, at: Self.level, engine: engine)
    let factors = model.prediction.preconditioning(at: Self.level)
    // No context is the same as a context of zeros.
    let baseline = model.denoise(states, at: Self.level, engine: engine)
    let zeros = GuidedDenoiser(model, contexts: Matrix<Float>(rows: 1, columns: 3))
      .denoise(states, at: Self.level, engine: engine)
    #expect(zeros == baseline)
    let told = GuidedDenoiser(model, contexts: Self.contexts)
      .denoise(states, at: Self.level, engine: engine)
    #expect(told != baseline && factors.output != 0)
    for row in 0..<7 {
      for column in 0..<2 {
        let (base, own) = (Double(baseline[row, column]), Double(told[row, column]))
        let expected = base + guidance * (own - base)
        #expect(abs(Double(found[row, column]) - expected) < 1e-5 * (1 + abs(expected)))
      }
    }
  }

  /// Each row keeps its context, whatever the tiling and the number of threads.
  @Test func rowsKeepTheirContexts() {
    let contexts = RandomStream(seed: 8).uniform(rows: 700, columns: 3)
    let sampler = Sampler(residualModel(contextWidth: 3), steps: 4, contexts: contexts)
    let all = sampler.sample(count: 700, seed: 1, threads: 3)
    #expect(all == sampler.sample(count: 700, seed: 1))
    #expect(all.rows(0..<33) == sampler.sample(count: 33, seed: 1))
    let others = Sampler(
      residualModel(contextWidth: 3), steps: 4, contexts: contexts.rows(0..<650))
    let turned = others.sample(count: 700, seed: 1)
    #expect(turned.rows(0..<650) == all.rows(0..<650))
    #expect(turned.rows(650..<700) != all.rows(650..<700))
  }

  /// Held-out rows keep their contexts even if training drops all of them.
  @Test func heldOutLossUsesContexts() throws {
    let model = residualModel(contextWidth: 3)
    func loss(_ heldOut: Matrix<Float>) throws -> Double {
      let training = try Training(
        model, data: Self.groups, heldOut: heldOut,
        configuration: TrainingConfiguration(batchSize: 16, contextDropout: 1))
      return try #require(training.heldOutLoss())
    }
    let points = Self.groups.columns(0..<2)
    let without = Matrix.horizontally([points, Matrix<Float>(rows: 200, columns: 3)])
    #expect(try loss(Self.groups).isFinite && loss(Self.groups) != loss(without))
  }

  /// The weights of a context that is always dropped get zero gradients.
  @Test(arguments: [0, 1] as [Double])
  func droppedContextsHaveNoGradient(dropout: Double) throws {
    let training = try Self.training(dropout: dropout)
    for _ in 0..<2 { training.step() }
    let index = try #require(training.gradients.names.firstIndex(of: "input.weight"))
    let gradients = training.gradients[index]
    #expect(gradients.columns == 5)
    #expect(gradients.columns(0..<2).norm > 0)
    #expect((gradients.columns(2..<4).norm == 0) == (dropout == 1))
  }

  /// Each step draws which rows lose their context; a resumed run draws the same rows.
  @Test func resumeMatchesUninterruptedRun() throws {
    let whole = try Self.training(dropout: 0.5)
    for _ in 0..<9 { whole.step() }
    let first = try Self.training(dropout: 0.5, threads: 2)
    for _ in 0..<4 { first.step() }
    let second = try Training(
      first.state, data: Self.groups, configuration: first.configuration)
    for _ in 0..<5 { second.step() }
    #expect(second.model.network.parameters == whole.model.network.parameters)
    let other = try Self.training(dropout: 0.4)
    for _ in 0..<9 { other.step() }
    #expect(other.model.network.parameters != whole.model.network.parameters)
  }

  /// A row's likelihood equals that of the same network given this row's context alone.
  @Test func likelihoodUsesEachRowsContext() throws {
    let model = residualModel(contextWidth: 3)
    let points = RandomStream(seed: 4).normal(rows: 6, columns: 2)
    let flow = ProbabilityFlow(minimum: 0.01, maximum: 20, steps: 20, prior: .standard)
    let both = try flow.logLikelihood(
      of: points, GuidedDenoiser(model, contexts: Self.contexts), threads: 2)
    for index in 0..<2 {
      let one = try flow.logLikelihood(
        of: points, GuidedDenoiser(model, contexts: Self.contexts.rows(index..<index + 1)))
      for row in 0..<6 {
        #expect((both.values[row] == one.values[row]) == (row % 2 == index))
      }
    }
  }

  @Test func rejectsInvalidDropoutAndMissingContexts() {
    for dropout in [-0.1, 1.5, .nan] {
      #expect(throws: TrainingError.self) { try Self.training(dropout: dropout) }
    }
    #expect(throws: TrainingError.wrongDimension(data: 2, model: 5)) {
      try Training(residualModel(contextWidth: 3), data: Self.groups.columns(0..<2))
    }
  }
}
