import LangevinPreconditions
import LinearAlgebra

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
  /// ln ᾱₜ; -∞ at the end of a schedule that leaves no signal.
  public let logAlphaBar: [Double]
  /// ᾱₜ.
  public let alphaBar: [Double]
  /// 1 - ᾱₜ, without the cancellation that the subtraction would have at small t.
  public let oneMinusAlphaBar: [Double]
  /// The variance β̃ₜ = βₜ (1 - ᾱₜ₋₁) / (1 - ᾱₜ) of q(xₜ₋₁ | xₜ, x₀); 0 at t = 0.
  public let posteriorVariance: [Double]
  /// ln β̃ₜ, and at t = 0, where that would be -∞, ln β̃₁ (Nichol & Dhariwal 2021, arXiv 2102.09672);
  /// ln β₀ if there is no other timestep.
  public let posteriorLogVariance: [Double]

  /// The schedule of `beta`, each in (0, 1). The last of several may be 1, which leaves no signal.
  public init(beta: [Double]) {
    require(!beta.isEmpty, "NoiseSchedule: there are no timesteps")
    for (t, value) in beta.enumerated() {
      require(
        value > 0 && value < 1 || value == 1 && t > 0 && t == beta.count - 1,
        "NoiseSchedule: beta at timestep \(t) is \(value), not in (0, 1)")
    }
    self.beta = beta
    self.alpha = beta.map { 1 - $0 }
    // log ᾱ as a sum keeps the digits of 1 - ᾱ that the product would lose.
    var logarithmOfProduct = 0.0
    self.logAlphaBar = beta.map { beta in
      logarithmOfProduct += logOnePlus(-beta)
      return logarithmOfProduct
    }
    self.alphaBar = logAlphaBar.map(exponential)
    self.oneMinusAlphaBar = logAlphaBar.map { -exponentialMinusOne($0) }
    let noise = oneMinusAlphaBar
    let posterior = beta.indices.map { t in t == 0 ? 0 : beta[t] * noise[t - 1] / noise[t] }
    self.posteriorVariance = posterior
    self.posteriorLogVariance = beta.indices.map { t in
      logarithm(t > 0 ? posterior[t] : beta.count > 1 ? posterior[1] : beta[0])
    }
  }

  /// The schedule of these ln ᾱₜ, which descend from below 0; the last of several may be -∞.
  ///
  ///     βₜ = -expm1(ln ᾱₜ - ln ᾱₜ₋₁)
  ///
  /// Where ᾱ is near 1 its logarithm has digits that ᾱ has not.
  public init(logAlphaBar: [Double]) {
    self.init(
      beta: logAlphaBar.indices.map { t in
        -exponentialMinusOne(logAlphaBar[t] - (t > 0 ? logAlphaBar[t - 1] : 0))
      })
  }

  /// The schedule of these ᾱₜ, which descend from below 1; the last of several may be 0.
  public init(alphaBar: [Double]) { self.init(logAlphaBar: alphaBar.map(logarithm)) }

  /// T, the number of timesteps.
  public var steps: Int { beta.count }

  /// Whether nothing of the data is left at the end: ᾱ = 0 and β = 1 at t = T - 1.
  ///
  /// A network that estimates the noise says nothing about the data there; let it estimate data or
  /// velocity.
  package var isZeroTerminal: Bool { beta[steps - 1] == 1 }

  /// √ᾱₜ, the factor of the data.
  public func signal(_ t: Int) -> Double { alphaBar[t].squareRoot() }

  /// √(1 - ᾱₜ), the factor of the noise.
  public func noise(_ t: Int) -> Double { oneMinusAlphaBar[t].squareRoot() }

  /// (√ᾱₜ, √(1 - ᾱₜ)).
  public func level(_ t: Int) -> NoiseLevel { NoiseLevel(alpha: signal(t), sigma: noise(t)) }

  /// The level of each of `timesteps`, and then the data: the path of a sampler.
  public func levels(timesteps: [Int]) -> [NoiseLevel] { timesteps.map(level) + [.clean] }

  /// The signal-to-noise ratio ᾱₜ / (1 - ᾱₜ).
  package func signalToNoiseRatio(_ t: Int) -> Double { alphaBar[t] / oneMinusAlphaBar[t] }
}
