import Diffusion
import LinearAlgebra
import Testing

/// A weight multiplies the error of the network's own prediction type, so the same weighting rule has a
/// different value for each prediction type.
@Suite struct LossWeightingTests {
  /// Signal-to-noise ratios far below γ, near it, and far above it.
  private static let ratios = [1e-6, 0.01, 1, 4.9, 5, 5.1, 100, 1e6]

  private func preserving(_ ratio: Double) -> NoiseLevel {
    NoiseLevel(
      alpha: (ratio / (ratio + 1)).squareRoot(), sigma: (1 / (ratio + 1)).squareRoot())
  }

  private func expect(
    _ weight: Double, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(abs(weight / expected - 1) < 1e-9, sourceLocation: sourceLocation)
  }

  @Test(arguments: ratios, [1, 5, 20.0])
  func minimumSNRIsCorrectForEachPrediction(_ ratio: Double, gamma: Double) {
    let weighting = LossWeighting.minimumSNR(gamma: gamma)
    let level = preserving(ratio)
    let least = min(ratio, gamma)
    expect(weighting.weight(at: level, .epsilon), least / ratio)
    expect(weighting.weight(at: level, .data), least)
    expect(weighting.weight(at: level, .velocity), least / (ratio + 1))
    // c_out² with σ_d 0.5, r² = 1/ratio.
    let output = 0.25 / ratio / (1 / ratio + 0.25)
    expect(weighting.weight(at: level, .preconditioned(dataDeviation: 0.5)), least * output)
  }

  @Test(arguments: ratios, [0.5, 1])
  func edmIsCorrectForEachPrediction(_ ratio: Double, deviation: Double) {
    let weighting = LossWeighting.edm(dataDeviation: deviation)
    let square = deviation * deviation
    let r = 1 / ratio
    let ofData = (r + square) / (r * square)
    let level = preserving(ratio)
    expect(weighting.weight(at: level, .preconditioned(dataDeviation: deviation)), 1)
    expect(weighting.weight(at: level, .data), ofData)
    expect(weighting.weight(at: level, .epsilon), ofData * r)
    expect(weighting.weight(at: level, .velocity), ofData / (ratio + 1))
  }

  private static let parameterizations: [Prediction] = [
    .epsilon, .data, .velocity, .preconditioned(dataDeviation: 0.7),
  ]

  /// The weight of a level depends on its signal-to-noise ratio alone.
  @Test(arguments: [LossWeighting.uniform, .minimumSNR(), .edm()], parameterizations)
  func weightsDoNotDependOnTheScaleOfStates(_ weighting: LossWeighting, _ prediction: Prediction) {
    for ratio in Self.ratios {
      expect(
        weighting.weight(
          at: NoiseLevel(sigma: (1 / ratio).squareRoot()), prediction),
        weighting.weight(at: preserving(ratio), prediction))
    }
    if weighting == .uniform {
      #expect(weighting.weight(at: preserving(3), prediction) == 1)
    }
  }

  /// The weights also have a finite limit at zero signal.
  @Test func weightsWithoutSignalAreFinite() {
    let level = NoiseLevel(alpha: 0, sigma: 1)
    for prediction in Self.parameterizations.dropFirst() {
      #expect(LossWeighting.minimumSNR().weight(at: level, prediction) == 0)
      #expect(LossWeighting.uniform.weight(at: level, prediction) == 1)
    }
    #expect(LossWeighting.edm().weight(at: level, .velocity) == 1)
    #expect(LossWeighting.edm().weight(at: level, .data) == 1)
  }
}
