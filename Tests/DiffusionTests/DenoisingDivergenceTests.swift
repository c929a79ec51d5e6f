import Diffusion
import LinearAlgebra
import Testing

/// The divergence from a model's backward pass, compared with finite differences of its estimates.
@Suite struct DenoisingDivergenceTests {
  private func expect(
    _ model: some Denoiser, at level: NoiseLevel, _ engine: Engine,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let states = Float(level.scale) * RandomStream(seed: 4).normal(rows: 9, columns: 2)
    let (denoised, found) = evaluate(model, states, at: level, engine: engine)
    let plain = model.denoise(states, at: level, engine: engine)
    for (a, b) in zip(doubles(denoised), doubles(plain)) {
      #expect(abs(a - b) <= 1e-5 * (1 + abs(b)), sourceLocation: sourceLocation)
    }
    // A fourth-order difference: the remaining error is the rounding of D in `Float` over the step.
    let width = Float(0.04 * level.scale)
    var expected = [Double](repeating: 0, count: 9)
    for column in 0..<2 {
      for (steps, weight) in [(-2, 1), (-1, -8), (1, 8), (2, -1)] as [(Float, Double)] {
        var moved = states
        for row in 0..<9 { moved[row, column] += steps * width }
        let data = model.denoise(moved, at: level, engine: engine)
        for row in 0..<9 {
          expected[row] += weight * Double(data[row, column]) / (12 * Double(width))
        }
      }
    }
    let size = doubles(plain).reduce(1) { max($0, abs($1)) }
    for row in 0..<9 {
      #expect(
        abs(found[row] - expected[row]) < 3e-4 * size / level.scale + 3e-4 * abs(expected[row]),
        "\(level), row \(row)", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: everyEngine, [0.05, 0.5, 1, 5])
  func matchesFiniteDifferencesForResidualModels(_ engine: Engine, sigma: Double) {
    expect(residualModel(), at: NoiseLevel(sigma: sigma), engine)
    expect(residualModel(octaves: 2), at: NoiseLevel(sigma: sigma), engine)
    expect(
      residualModel(prediction: .velocity),
      at: NoiseLevel(sigma: sigma).variancePreserving, engine)
  }

  @Test(arguments: everyEngine, [0.5, 1, 3] as [Double])
  func matchesFiniteDifferencesForGuidedModels(_ engine: Engine, guidance: Double) {
    let contexts = RandomStream(seed: 6).uniform(rows: 4, columns: 3)
    let model = residualModel(octaves: 1, contextWidth: 3)
    expect(
      GuidedDenoiser(model, contexts: contexts, guidance: guidance), at: NoiseLevel(sigma: 0.7),
      engine)
  }

  @Test(arguments: everyEngine, [0, 10, 29])
  func matchesFiniteDifferencesForTheOriginalModel(_ engine: Engine, timestep: Int) {
    let model = DiffusionModel.original(hidden: [16, 16], steps: 30)
    guard let schedule = model.process.schedule else { return }
    expect(model, at: schedule.level(timestep), engine)
  }

  /// Before training, the last layer is zero, so D is c_skip x with divergence 2 c_skip.
  @Test(arguments: [0.1, 1, 10])
  func isTwiceTheSkipFactorBeforeTraining(_ sigma: Double) {
    let model = DiffusionModel.residual(dimension: 2, width: 8, blocks: 1)
    let states = RandomStream(seed: 1).normal(rows: 3, columns: 2)
    let divergences = evaluate(model, states, at: NoiseLevel(sigma: sigma)).divergences
    for found in divergences { #expect(abs(found - 2 / (1 + sigma * sigma)) < 1e-6) }
  }

  /// A worker leaves the elements beyond the number of states unchanged, also for zero states.
  @Test(arguments: everyEngine, [0, 2])
  func leavesExtraElementsUnchanged(_ engine: Engine, _ count: Int) throws {
    let model = residualModel()
    let states = RandomStream(seed: 1).normal(rows: count, columns: 2)
    var denoised = Matrix<Float>(rows: count, columns: 2)
    var divergences = [Double](repeating: 7, count: 5)
    let worker = try #require(
      model.makeWorker(capacity: 3, engine: engine) as? any DivergenceWorker)
    var view = denoised.mutableView
    worker.denoise(
      states.view, at: NoiseLevel(sigma: 1), into: &view, divergences: &divergences)
    #expect(divergences.count == 5)
    #expect(divergences.dropFirst(count).allSatisfy { $0 == 7 })
    #expect(divergences.prefix(count).allSatisfy { $0 != 7 && $0.isFinite })
  }
}
