/// A method by which the reverse process goes from one noise level to the next.
public enum SamplingMethod: Sendable, Hashable {
  /// Ancestral sampling (Ho et al. 2020), which draws each state from a Gaussian, given the one before.
  ///
  /// `noiseAtLastStep` also adds noise to the last state, as the original program does.
  case ddpm(variance: ReverseVariance = .beta, noiseAtLastStep: Bool = false)
  /// DDIM (Song et al. 2021, arXiv 2010.02502), which draws no noise for an `eta` of 0, and is DDPM with the
  /// posterior variance for 1.
  case ddim(eta: Double = 0)
  /// DPM-Solver++(2M) (Lu et al. 2022, arXiv 2211.01095), of second order, with one denoising per step.
  case dpmSolver2M
  /// Heun's method on the probability-flow ODE (Karras et al. 2022, algorithms 1 and 2), of second order,
  /// with two denoisings per step, and one in the last.
  case heun(churn: Churn = .none)
  /// A custom sampler, which defines its own stages.
  case custom(CustomSampling)
}

extension SamplingMethod {
  package static let etas = Bounds<Double>.from(0, to: 1)

  /// The first setting that is out of its bounds: its name, its value, and the values that are allowed.
  package var invalidSetting: (name: String, value: String, allowed: String)? {
    func check(
      _ name: String, _ value: Double, _ bounds: Bounds<Double>
    ) -> (name: String, value: String, allowed: String)? {
      bounds.contain(value) ? nil : (name, Bounds.text(value), bounds.description)
    }
    return switch self {
    case .ddim(let eta): check("eta", eta, Self.etas)
    case .heun(let churn):
      check("churn.amount", churn.amount, Churn.amounts)
        ?? check("churn.deviation", churn.deviation, Churn.deviations)
    case .ddpm, .dpmSolver2M, .custom: nil
    }
  }
}

/// The variance of a step of ancestral sampling.
public enum ReverseVariance: String, Sendable, Hashable, CaseIterable {
  /// The variance β, which is right for data N(0, I). Sharper structures survive few steps better.
  case beta
  /// The variance β̃ of q(xₜ₋₁ | xₜ, x₀), which is right for data of one point. Thin sheets become too thin.
  case posterior
}

/// The noise that Heun's method adds before a step, to reduce the errors of earlier steps (Karras et al.
/// 2022, algorithm 2).
public struct Churn: Sendable, Hashable {
  /// The amount of noise in all steps together, S_churn.
  public var amount: Double
  /// The range of σ in which noise is added, S_tmin … S_tmax.
  public var range: ClosedRange<Double>
  /// The deviation of the noise, S_noise.
  public var deviation: Double

  /// Creates churn of `amount`, at all levels unless a range is given.
  public init(amount: Double, range: ClosedRange<Double> = 0 ... .infinity, deviation: Double = 1) {
    self.amount = amount
    self.range = range
    self.deviation = deviation
  }

  package static let amounts = Bounds<Double>.from(0, below: .infinity)
  package static let deviations = Bounds<Double>.from(0, below: .infinity)

  /// No added noise.
  public static let none = Churn(amount: 0)

  /// Returns γ at σ, for a sampler of `steps` steps.
  func growth(at sigma: Double, steps: Int) -> Double {
    range.contains(sigma) ? min(amount / Double(steps), 2.0.squareRoot() - 1) : 0
  }
}
