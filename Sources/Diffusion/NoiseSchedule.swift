import LangevinPreconditions
import LinearAlgebra

/// The amounts of signal and noise at each timestep, as tables in `Double`.
///
/// With noise rates βₜ for t = 0 … T-1 (Ho et al. 2020, arXiv 2006.11239):
///
///     αₜ = 1 - βₜ,  ᾱₜ = Π_{s≤t} αₛ
///     q(xₜ | xₜ₋₁) = N(√αₜ xₜ₋₁, βₜ I),  q(xₜ | x₀) = N(√ᾱₜ x₀, (1 - ᾱₜ) I)
///
/// In these formulas x₀ is the data. In the code, timesteps count from 0, like the indices of the tables:
/// timestep t of the code is t + 1 of the formulas, so that β₀ leads away from the data. Schedules differ
/// only in β.
public struct NoiseSchedule: Sendable, Hashable {
  /// The noise rate βₜ of each timestep.
  public let beta: [Double]
  /// The factor αₜ = 1 - βₜ of each timestep.
  public let alpha: [Double]
  /// The logarithm ln ᾱₜ of each timestep; -∞ at the end of a schedule that leaves no signal.
  public let logAlphaBar: [Double]
  /// The product ᾱₜ of all α up to each timestep.
  public let alphaBar: [Double]
  /// The noise variance 1 - ᾱₜ of each timestep, without the cancellation of the subtraction at small t.
  public let oneMinusAlphaBar: [Double]
  /// The variance β̃ₜ = βₜ (1 - ᾱₜ₋₁) / (1 - ᾱₜ) of q(xₜ₋₁ | xₜ, x₀); 0 at t = 0.
  public let posteriorVariance: [Double]
  /// The logarithm ln β̃ₜ of the posterior variance.
  ///
  /// At t = 0, where that would be -∞, it is ln β̃₁ (Nichol & Dhariwal 2021, arXiv 2102.09672), or ln β₀ in a
  /// schedule of one timestep.
  public let posteriorLogVariance: [Double]

  /// Creates the schedule of `beta`, each in (0, 1). The last of several may be 1, which leaves no signal.
  public init(beta: [Double]) {
    require(!beta.isEmpty, "NoiseSchedule: no timesteps; give at least one beta")
    for (t, value) in beta.enumerated() {
      require(
        value > 0 && value < 1 || value == 1 && t > 0 && t == beta.count - 1,
        "NoiseSchedule: beta at timestep \(t) is \(value); it must be in (0, 1)")
    }
    self.beta = beta
    self.alpha = beta.map { 1 - $0 }
    // ln ᾱ as a sum keeps the digits of 1 - ᾱ that the product would lose.
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

  /// Creates the schedule of the given ln ᾱₜ, which descend from below 0. The last of several may be -∞.
  ///
  ///     βₜ = -expm1(ln ᾱₜ - ln ᾱₜ₋₁)
  ///
  /// Where ᾱ is near 1, its logarithm keeps digits that ᾱ itself loses.
  public init(logAlphaBar: [Double]) {
    self.init(
      beta: logAlphaBar.indices.map { t in
        -exponentialMinusOne(logAlphaBar[t] - (t > 0 ? logAlphaBar[t - 1] : 0))
      })
  }

  /// Creates the schedule of the given ᾱₜ, which descend from below 1. The last of several may be 0.
  public init(alphaBar: [Double]) { self.init(logAlphaBar: alphaBar.map(logarithm)) }

  /// The number T of timesteps.
  public var steps: Int { beta.count }

  /// Whether no signal is left at the end: ᾱ = 0 and β = 1 at t = T - 1.
  ///
  /// There, an estimate of the noise does not determine the data; the network must estimate the data or the
  /// velocity.
  package var isZeroTerminal: Bool { beta[steps - 1] == 1 }

  /// Returns √ᾱₜ, the factor of the data.
  public func signal(_ t: Int) -> Double { alphaBar[t].squareRoot() }

  /// Returns √(1 - ᾱₜ), the factor of the noise.
  public func noise(_ t: Int) -> Double { oneMinusAlphaBar[t].squareRoot() }

  /// Returns the level (√ᾱₜ, √(1 - ᾱₜ)).
  public func level(_ t: Int) -> NoiseLevel { NoiseLevel(alpha: signal(t), sigma: noise(t)) }

  /// Returns the level of each of `timesteps`, and then that of the data: the path of a sampler.
  public func levels(timesteps: [Int]) -> [NoiseLevel] { timesteps.map(level) + [.clean] }

  /// Returns the signal-to-noise ratio ᾱₜ / (1 - ᾱₜ).
  package func signalToNoiseRatio(_ t: Int) -> Double { alphaBar[t] / oneMinusAlphaBar[t] }
}
