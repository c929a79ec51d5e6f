import LangevinPreconditions
import LinearAlgebra

/// The density, estimate and divergence of a mixture at one state, with the memory to compute them.
struct MixtureAnalysis {
  private let mixture: GaussianMixtureDenoiser
  /// First the logarithms of wₖ N(x; α mₖ, Cₖ), then rₖ.
  private var responsibilities: [Double]
  /// Dₖ of each component, one after the other.
  private var estimates: [Double]
  /// tr α Σₖ Cₖ⁻¹ of each component.
  private var traces: [Double]
  private var offset: [Double]

  private(set) var logDensity = 0.0
  private(set) var denoised: [Double]
  private(set) var divergence = 0.0

  init(_ mixture: GaussianMixtureDenoiser) {
    self.mixture = mixture
    let (count, dimension) = (mixture.components.count, mixture.dimension)
    responsibilities = Array(repeating: 0, count: count)
    estimates = Array(repeating: 0, count: count * dimension)
    traces = responsibilities
    offset = Array(repeating: 0, count: dimension)
    denoised = offset
  }

  mutating func analyze(_ state: [Double], at level: NoiseLevel) {
    let dimension = mixture.dimension
    require(
      state.count == dimension,
      "GaussianMixtureDenoiser: a state of \(state.count) columns for a mixture of \(dimension)")
    for k in mixture.components.indices { analyze(state, at: level, component: k) }

    // ln Σ exp, relative to the largest term so that nothing overflows.
    let largest = responsibilities.max() ?? 0
    var sum = 0.0
    for k in responsibilities.indices { sum += exponential(responsibilities[k] - largest) }
    logDensity = largest + logarithm(sum)

    if level.sigma == 0 {
      for j in 0..<dimension { denoised[j] = state[j] / level.alpha }
      divergence = Double(dimension) / level.alpha
      return
    }
    for j in 0..<dimension { denoised[j] = 0 }
    for k in responsibilities.indices {
      let share = exponential(responsibilities[k] - largest) / sum
      responsibilities[k] = share
      for j in 0..<dimension { denoised[j] += share * estimates[k * dimension + j] }
    }
    divergence = 0
    let factor = level.alpha / (level.sigma * level.sigma)
    for k in responsibilities.indices {
      var distance = 0.0
      for j in 0..<dimension {
        let difference = estimates[k * dimension + j] - denoised[j]
        distance += difference * difference
      }
      divergence += responsibilities[k] * (traces[k] + factor * distance)
    }
  }

  private mutating func analyze(_ state: [Double], at level: NoiseLevel, component k: Int) {
    let component = mixture.components[k]
    let dimension = mixture.dimension
    let (signal, noiseVariance) = (level.alpha, level.sigma * level.sigma)
    for j in 0..<dimension {
      offset[j] = state[j] - signal * component.mean[j]
      estimates[k * dimension + j] = component.mean[j]
    }
    var logDensity = component.logWeight
    var trace = 0.0
    for axis in 0..<dimension {
      var along = offset[axis]
      if let axes = component.axes {
        along = 0
        for j in 0..<dimension { along += axes[j * dimension + axis] * offset[j] }
      }
      let variance = signal * signal * component.variances[axis] + noiseVariance
      logDensity -= 0.5 * (along * along / variance + logarithm(2 * .pi * variance))
      let gain = signal * component.variances[axis] / variance
      trace += gain
      if let axes = component.axes {
        for j in 0..<dimension {
          estimates[k * dimension + j] += gain * along * axes[j * dimension + axis]
        }
      } else {
        estimates[k * dimension + axis] += gain * along
      }
    }
    responsibilities[k] = logDensity
    traces[k] = trace
  }
}
