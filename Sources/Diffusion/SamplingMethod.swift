/// How the reverse process goes from one level of noise to the next.
public enum SamplingMethod: Sendable, Hashable {
  /// Ancestral sampling (Ho et al. 2020): each state is drawn from a Gaussian, given the one before.
  /// `noiseAtLastStep` adds noise to the last state too, as the original program does.
  case ddpm(variance: ReverseVariance = .beta, noiseAtLastStep: Bool = false)
  /// Song et al. (2021, arXiv 2010.02502): without noise for `eta` 0, as DDPM with the posterior's
  /// variance for 1.
  case ddim(eta: Double = 0)
  /// DPM-Solver++(2M), Lu et al. (2022, arXiv 2211.01095): second order, with one denoising a step.
  case dpmSolver2M
  /// Heun's method on the probability-flow ODE (Karras et al. 2022, algorithms 1 and 2): second order,
  /// with two denoisings a step, but one in the last.
  case heun(churn: Churn = .none)
  /// One's own stages.
  case custom(CustomSampling)
}

/// The variance of a step of ancestral sampling.
public enum ReverseVariance: String, Sendable, Hashable, CaseIterable {
  /// β: right for data N(0, I). Sharper structures survive few steps better.
  case beta
  /// β̃, that of q(xₜ₋₁ | xₜ, x₀): right for one point. Thin sheets come out too thin.
  case posterior
}

/// Noise that Heun's method adds before a step, to forget the errors of those before (Karras et al.
/// 2022, algorithm 2).
public struct Churn: Sendable, Hashable {
  /// S_churn: how much in all steps together.
  public var amount: Double
  /// S_tmin … S_tmax: the σ at which it is added.
  public var range: ClosedRange<Double>
  /// S_noise: the deviation of the noise.
  public var deviation: Double

  /// This much, at all levels unless a range is given.
  public init(amount: Double, range: ClosedRange<Double> = 0 ... .infinity, deviation: Double = 1) {
    self.amount = amount
    self.range = range
    self.deviation = deviation
  }

  /// No noise.
  public static let none = Churn(amount: 0)

  /// γ at σ, where there are `steps` steps.
  func growth(at sigma: Double, steps: Int) -> Double {
    range.contains(sigma) ? min(amount / Double(steps), 2.0.squareRoot() - 1) : 0
  }
}
