/// How much of the signal and how much noise there is at each timestep, as tables in `Double`.
///
/// With noise rates βₜ for t = 0 … T-1 (Ho et al. 2020, arXiv 2006.11239):
///
///     αₜ = 1 - βₜ,  ᾱₜ = Π_{s≤t} αₛ
///     q(xₜ | xₜ₋₁) = N(√αₜ xₜ₋₁, βₜ I),  q(xₜ | x₀) = N(√ᾱₜ x₀, (1 - ᾱₜ) I)
///
/// In these formulas x₀ is the data. Timesteps of the code count from 0, as indices of the tables
/// do: timestep t of the code is t + 1 of the formulas, so that β₀ leads away from the data.
/// Variants differ only in how they build β.
public struct NoiseSchedule: Sendable, Hashable {
  /// βₜ.
  public let beta: [Double]
  /// αₜ = 1 - βₜ.
  public let alpha: [Double]
  /// ᾱₜ.
  public let alphaBar: [Double]
  /// 1 - ᾱₜ, without the cancellation that the subtraction would have at small t.
  public let oneMinusAlphaBar: [Double]
  /// The variance β̃ₜ = βₜ (1 - ᾱₜ₋₁) / (1 - ᾱₜ) of q(xₜ₋₁ | xₜ, x₀); 0 at t = 0.
  public let posteriorVariance: [Double]

  /// The schedule of `beta`, each in (0, 1).
  public init(beta: [Double]) {
    precondition(!beta.isEmpty, "NoiseSchedule: there are no timesteps")
    for (t, value) in beta.enumerated() {
      precondition(
        value > 0 && value < 1, "NoiseSchedule: beta at timestep \(t) is \(value), not in (0, 1)")
    }
    self.beta = beta
    self.alpha = beta.map { 1 - $0 }
    // log ᾱ as a sum keeps the digits of 1 - ᾱ that the product would lose.
    var logarithm = 0.0
    let logAlphaBar = beta.map { beta in
      logarithm += logOnePlus(-beta)
      return logarithm
    }
    self.alphaBar = logAlphaBar.map(exponential)
    self.oneMinusAlphaBar = logAlphaBar.map { -exponentialMinusOne($0) }
    let noise = oneMinusAlphaBar
    self.posteriorVariance = beta.indices.map { t in
      t == 0 ? 0 : beta[t] * noise[t - 1] / noise[t]
    }
  }

  /// The seed's schedule: β along a sigmoid, between `start` and `end` but reaching neither.
  ///
  ///     βₜ = sigmoid(l) (end - start) + start,  l evenly spaced over range
  ///
  /// With the standard 100 steps it leaves ᾱ_T = 0.605: x_T is far from N(0, I).
  public static func sigmoid(
    steps: Int, start: Double = 1e-5, end: Double = 1e-2, range: ClosedRange<Double> = -6...6
  ) -> NoiseSchedule {
    precondition(steps > 0, "NoiseSchedule: \(steps) timesteps are too few")
    let span = range.upperBound - range.lowerBound
    return NoiseSchedule(
      beta: (0..<steps).map { t in
        let l = range.lowerBound + (steps > 1 ? span * Double(t) / Double(steps - 1) : 0)
        return (end - start) / (1 + exponential(-l)) + start
      })
  }

  /// T, the number of timesteps.
  public var steps: Int { beta.count }

  /// √ᾱₜ, the factor of the data.
  public func signal(_ t: Int) -> Double { alphaBar[t].squareRoot() }

  /// √(1 - ᾱₜ), the factor of the noise.
  public func noise(_ t: Int) -> Double { oneMinusAlphaBar[t].squareRoot() }

  /// The signal-to-noise ratio ᾱₜ / (1 - ᾱₜ).
  public func signalToNoiseRatio(_ t: Int) -> Double { alphaBar[t] / oneMinusAlphaBar[t] }
}
