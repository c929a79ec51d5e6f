import LangevinThreading
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// The EMA of the parameters over all steps.
@Suite struct ExponentialMovingAverageTests {
  private let problem = TrainingProblem(widths: [17, 5], rows: 13)

  /// After n steps the EMA is Σ_k (1 - d_k) Π_{j > k} d_j θ_k, where θ_0 are the initial parameters and
  /// 1 - d_0 is 1.
  @Test(arguments: everyEngine, [0, 0.15, 0.9999])
  func matchesTheWeightedSum(_ engine: Engine, decay: Double) {
    let steps = 6
    let result = problem.train(steps: steps, emaDecay: decay, engine: engine)
    let parameters = (0...steps).map { steps in
      doubles(
        steps == 0
          ? problem.network.parameters.flat
          : problem.train(steps: steps, engine: engine).parameters.flat)
    }
    var decays = [0.0]
    for step in 1...steps {
      let warmUp = Double(1 + step) / Double(10 + step)
      decays.append(min(decay, warmUp))
    }
    let found = doubles(result.average?.parameters.flat ?? Matrix<Float>(rows: 0, columns: 0))
    #expect(result.average?.updates == steps && found.count == parameters[0].count)
    for i in found.indices {
      var expected = 0.0
      for k in 0...steps {
        let weight = decays[(k + 1)...].reduce(1 - decays[k]) { $0 * $1 }
        expected += weight * parameters[k][i]
      }
      #expect(abs(found[i] - expected) <= 4e-7 * max(1, abs(expected)))
    }
  }

  /// The EMA does not change the optimizer, and the result does not depend on the number of threads.
  @Test(arguments: everyEngine)
  func changesNothingElse(_ engine: Engine) {
    let plain = problem.train(engine: engine)
    var averaged = problem.train(emaDecay: 0.9, engine: engine)
    #expect(averaged == problem.train(threads: 3, streams: true, emaDecay: 0.9, engine: engine))
    #expect(averaged.average?.parameters != plain.parameters)
    averaged.average = nil
    #expect(averaged == plain)
  }

  /// The EMA of constant parameters stays equal to them: rounding does not make it drift.
  @Test(arguments: Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) })
  func equalsConstantParameters(_ engine: Engine) {
    let network = problem.network
    let workspace = Workspace(network, capacity: 1, engine: engine)
    var parameters = network.parameters
    var adam = Adam(parameters, learningRate: 0)
    var average: ExponentialMovingAverage? = ExponentialMovingAverage(parameters, decay: 0.9999)
    for _ in 0..<100 { _ = workspace.update(&parameters, by: &adam, average: &average) }
    #expect(average?.parameters == network.parameters && average?.updates == 100)
  }
}
