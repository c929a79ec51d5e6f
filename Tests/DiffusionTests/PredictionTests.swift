import Diffusion
import LinearAlgebra
import NeuralNetwork
import Testing

/// Predictions of noise, data, velocity, and Karras et al.'s mixture describe a state consistently.
@Suite struct PredictionTests {
  private static let kinds: [Prediction] = [
    .epsilon, .data, .velocity, .preconditioned(), .preconditioned(dataDeviation: 0.6),
  ]
  private static let preserving = [0.02, 0.5, 0.9, 0.99].map {
    NoiseLevel(alpha: (1 - $0 * $0).squareRoot(), sigma: $0)
  }
  private static let levels = preserving + [0.02, 0.5, 1, 20].map { NoiseLevel(sigma: $0) }
  private static let states = Matrix<Float>([[0.3, -1.2], [2, 0.4], [-0.7, 0.1]])

  /// A linear network that ignores the level.
  private func model(_ kind: Prediction) -> DiffusionModel {
    DiffusionModel(
      process: .logNormal(LogNormalNoise()), prediction: kind,
      network: Network([Linear("a", inputs: 2, outputs: 2)], inputWidth: 2))
  }

  private func near(_ a: Double, _ b: Double, _ scale: Double) -> Bool {
    abs(a - b) <= 4e-6 * max(scale, abs(a), abs(b), 1)
  }

  @Test(arguments: kinds, levels)
  func estimatesAreConsistent(_ kind: Prediction, _ level: NoiseLevel) {
    let model = model(kind)
    let (alpha, sigma) = (level.alpha, level.sigma)
    let states = Float(level.scale) * Self.states
    func estimate(_ kind: Prediction) -> [Double] {
      doubles(model.estimate(kind, states, at: level))
    }
    let (x, data, noise) = (doubles(states), estimate(.data), estimate(.epsilon))
    let velocity = estimate(.velocity)
    let mixed = estimate(.preconditioned(dataDeviation: 0.6))
    let r = sigma / alpha
    let skip = 0.36 / (r * r + 0.36)
    let out = r * 0.6 / (r * r + 0.36).squareRoot()
    for i in x.indices {
      // At low noise, the estimate of the noise is a small difference of the states.
      let scale = (abs(x[i]) + alpha * abs(data[i])) / sigma
      #expect(near(alpha * data[i] + sigma * noise[i], x[i], 1))
      #expect(
        near(velocity[i] * level.scale, alpha * noise[i] - sigma * data[i], scale * level.scale))
      #expect(near(skip * x[i] / alpha + out * mixed[i], data[i], abs(x[i]) / alpha))
    }
    // For its own prediction type, the estimate is the output of the network.
    let input = Float(kind.preconditioning(at: level).input) * states
    let outputs = doubles(model.network(input))
    for (i, found) in estimate(kind).enumerated() {
      #expect(near(found, outputs[i], (abs(x[i]) + alpha * abs(data[i])) / sigma))
    }
  }

  /// The target F* of data and noise leads back to the data: a x + b F* = x₀, with input c x.
  @Test(arguments: kinds, levels)
  func targetsLeadBackToTheData(_ kind: Prediction, _ level: NoiseLevel) {
    let factors = kind.preconditioning(at: level)
    let ofData = factors.skip * level.alpha + factors.output * factors.targetData
    let ofNoise = factors.skip * level.sigma + factors.output * factors.targetNoise
    #expect(abs(ofData - 1) < 1e-9 && abs(ofNoise) < 1e-9)
  }

  /// Inputs, and the targets of all prediction types except the data, have variance 1 for data of the
  /// assumed deviation.
  @Test(arguments: kinds, levels)
  func inputsAndTargetsHaveVarianceOne(_ kind: Prediction, _ level: NoiseLevel) {
    var deviation = 1.0
    if case .preconditioned(let assumed) = kind { deviation = assumed }
    let factors = kind.preconditioning(at: level)
    func variance(_ data: Double, _ noise: Double) -> Double {
      data * data * deviation * deviation + noise * noise
    }
    #expect(
      abs(variance(factors.input * level.alpha, factors.input * level.sigma) - 1) < 1e-12)
    #expect(abs(variance(factors.targetData, factors.targetNoise) - 1) < 1e-12)
  }

  /// A state at (α, σ) and x/α at (1, σ/α) are the same state.
  @Test(arguments: kinds, preserving)
  func estimatesDoNotDependOnTheScaleOfStates(_ kind: Prediction, _ level: NoiseLevel) {
    let model = model(kind)
    let here = doubles(model.denoise(Self.states, at: level))
    let there = doubles(
      model.denoise(
        Float(1 / level.alpha) * Self.states, at: NoiseLevel(sigma: level.noiseToSignalRatio)))
    for (a, b) in zip(here, there) { #expect(near(a, b, 1 / level.alpha)) }
  }

  @Test(arguments: kinds)
  func extremeLevelsAreFinite(_ kind: Prediction) {
    var levels = [.clean, NoiseLevel(sigma: 1e-12), NoiseLevel(sigma: 1e12)]
    levels.append(NoiseLevel(alpha: 1e-12, sigma: 1))
    if kind != .epsilon { levels.append(NoiseLevel(alpha: 0, sigma: 1)) }
    for level in levels {
      let factors = kind.preconditioning(at: level)
      for number in [
        factors.input, factors.skip, factors.output, factors.targetData, factors.targetNoise,
      ] {
        #expect(number.isFinite, "\(level)")
      }
    }
    #expect(!Prediction.epsilon.isDefined(at: NoiseLevel(alpha: 0, sigma: 1)))
    // 1/α overflows `Float`.
    #expect(!Prediction.epsilon.isDefined(at: NoiseLevel(alpha: 1e-40, sigma: 1)))
    #expect(Prediction.epsilon.isDefined(at: NoiseLevel(alpha: 1e-20, sigma: 1)))
    #expect(Prediction.velocity.isDefined(at: NoiseLevel(alpha: 0, sigma: 1)))
  }
}
