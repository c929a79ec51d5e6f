import Datasets
import LinearAlgebra
import NeuralNetwork
import Synchronization
import Testing

@testable import Diffusion

/// Training stops if a number overflows `Float`, and keeps the state before that step.
@Suite struct TrainingDivergenceTests {
  private static let data = Dataset.swissRoll.points(count: 40, RandomStream(seed: 2))

  private func expectDivergence(
    _ training: Training, within limit: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Divergence {
    var before = training.state
    var steps = 0
    while let step = training.next() {
      steps += 1
      #expect(step.loss.isFinite && step.gradientNorm.isFinite, sourceLocation: sourceLocation)
      before = training.state
      if steps > limit { break }
    }
    let divergence = try #require(training.divergence, sourceLocation: sourceLocation)
    #expect(divergence.step == steps && steps <= limit, sourceLocation: sourceLocation)
    let after = training.state
    #expect(
      after.model.network.parameters == before.model.network.parameters
        && after.optimizer.firstMoments == before.optimizer.firstMoments
        && after.optimizer.secondMoments == before.optimizer.secondMoments
        && after.optimizer.steps == steps && after.average == before.average,
      sourceLocation: sourceLocation)
    #expect(after.model.network.parameters.firstNonFinite == nil, sourceLocation: sourceLocation)
    // A diverged training cannot continue.
    #expect(training.next() == nil, sourceLocation: sourceLocation)
    #expect(training.divergence?.step == steps, sourceLocation: sourceLocation)
    #expect(training.stepsTaken == steps, sourceLocation: sourceLocation)
    #expect(
      divergence.description.contains("diverged at step \(steps)"), sourceLocation: sourceLocation)
    return divergence
  }

  private static let models = [DiffusionModel.original(hidden: [8, 8], steps: 5), residualModel()]

  @Test(arguments: everyEngine, models.indices)
  func reportsATooLargeLearningRate(_ engine: Engine, _ model: Int) throws {
    let training = try Training(
      Self.models[model], data: Self.data,
      configuration: TrainingConfiguration(batchSize: 16, learningRate: 1e6, emaDecay: 0.9),
      engine: engine)
    let divergence = try expectDivergence(training, within: 60)
    #expect(divergence.step > 0)
    if let parameter = divergence.parameter {
      #expect(Self.models[model].network.parameters.names.contains(parameter))
      #expect(divergence.description.contains(parameter))
    }
  }

  /// A custom loss that overflows at one row, although its gradients are finite.
  private struct OverflowingLoss: Loss {
    let overflowsAt: Int
    private let calls = Calls()
    private final class Calls: Sendable { let count = Atomic(0) }

    init(overflowsAt: Int) { self.overflowsAt = overflowsAt }

    func evaluate(
      prediction: Span<Float>, target: Span<Float>, gradient: inout MutableSpan<Float>
    ) -> Double {
      let value = SquaredError().evaluate(
        prediction: prediction, target: target, gradient: &gradient)
      let call = calls.count.wrappingAdd(1, ordering: .relaxed).oldValue
      return call == overflowsAt ? .infinity : value
    }
  }

  @Test func lossThatOverflowsKeepsTheState() throws {
    let training = try Training(
      Self.models[0], data: Self.data,
      configuration: TrainingConfiguration(
        batchSize: 40, loss: OverflowingLoss(overflowsAt: 130), emaDecay: 0.9))
    #expect(try expectDivergence(training, within: 5).loss == .infinity)
  }

  /// Without standardization, the gradients of these data or their squares overflow.
  @Test(arguments: everyEngine, models.indices)
  func reportsTooLargeData(_ engine: Engine, _ model: Int) throws {
    for scale in [1e20, 1e30] as [Float] {
      let training = try Training(
        Self.models[model], data: scale * Self.data,
        configuration: TrainingConfiguration(batchSize: 16), engine: engine)
      let divergence = try expectDivergence(training, within: 0)
      if scale == 1e30 { #expect(divergence.parameter != nil) }
      if let parameter = divergence.parameter {
        #expect(divergence.description.contains("gradient of \(parameter) is not finite"))
      }
    }
  }

  @Test func acceptsLargeStandardizedData() throws {
    let data = 1e18 * Self.data
    let training = try Training(
      .residual(dimension: 2, width: 8, blocks: 1, moments: DataMoments(data)), data: data,
      configuration: TrainingConfiguration(batchSize: 16))
    #expect(Array(training.prefix(8)).count == 8 && training.divergence == nil)
  }

  @Test func descriptionNamesTheCause() {
    let named = Divergence(step: 7, parameter: "lin1.lin.weight", loss: .infinity).description
    #expect(named.contains("step 7") && named.contains("lin1.lin.weight"))
    let unnamed = Divergence(step: 7, parameter: nil, loss: .infinity).description
    #expect(unnamed.contains("the loss is inf") && unnamed.contains("smaller learning rate"))
  }
}
