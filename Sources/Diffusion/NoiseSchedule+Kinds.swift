import LangevinPreconditions
import LinearAlgebra

// The schedules of the literature. Those with a parameter `scaled` multiply β by 1000/T unless it is false:
// their ranges were chosen for 1000 steps, and fewer steps of the same size would leave much of the signal.

extension NoiseSchedule {
  /// The upper limit of β, for schedules whose formula reaches or exceeds 1.
  package static let largestBeta = 0.999

  /// Returns the schedule with β in equal steps (Ho et al. 2020, arXiv 2006.11239):
  ///
  ///     βₜ = start + (end - start) t/(T - 1),  times 1000/T if `scaled`, at most 0.999
  ///
  /// With one timestep, β is `end`.
  public static func linear(
    steps: Int, start: Double = 1e-4, end: Double = 0.02, scaled: Bool = true
  ) -> NoiseSchedule {
    rates(steps, scaled: scaled) { start + (end - start) * $0 }
  }

  /// Returns the schedule with √β in equal steps, between Stable Diffusion's ends (Rombach et al. 2022, arXiv
  /// 2112.10752):
  ///
  ///     βₜ = (√start + (√end - √start) t/(T - 1))²,  times 1000/T if `scaled`, at most 0.999
  public static func scaledLinear(
    steps: Int, start: Double = 0.00085, end: Double = 0.012, scaled: Bool = true
  ) -> NoiseSchedule {
    let (first, last) = (start.squareRoot(), end.squareRoot())
    return rates(steps, scaled: scaled) { fraction in
      let root = first + (last - first) * fraction
      return root * root
    }
  }

  /// Returns the schedule of ``scaledLinear(steps:start:end:scaled:)`` between the ends of
  /// ``linear(steps:start:end:scaled:)``.
  ///
  /// The tiny-diffusion project calls this schedule quadratic, and does not scale it.
  public static func quadratic(
    steps: Int, start: Double = 1e-4, end: Double = 0.02, scaled: Bool = true
  ) -> NoiseSchedule {
    scaledLinear(steps: steps, start: start, end: end, scaled: scaled)
  }

  /// Returns the schedule of the original program: β along a sigmoid between `start` and `end`, reaching
  /// neither.
  ///
  ///     βₜ = sigmoid(l) (end - start) + start,  l evenly spaced over range
  ///
  /// With the original's 100 steps, ᾱ_T is 0.605, so x_T is far from N(0, I).
  public static func sigmoid(
    steps: Int, start: Double = 1e-5, end: Double = 1e-2, range: ClosedRange<Double> = -6...6
  ) -> NoiseSchedule {
    require(steps > 0, "NoiseSchedule: too few timesteps (\(steps)); use at least 1")
    let span = range.upperBound - range.lowerBound
    return NoiseSchedule(
      beta: (0..<steps).map { t in
        let l = range.lowerBound + (steps > 1 ? span * Double(t) / Double(steps - 1) : 0)
        return (end - start) * logistic(l) + start
      })
  }

  /// Returns the schedule with σ, relative to a signal of 1, in equal ratios from `least` to `greatest`:
  ///
  ///     σₜ = least (greatest/least)^(t/(T - 1)),  ᾱₜ = 1/(1 + σₜ²)
  ///
  /// As the chain of a ``VariationalBound``, it gives a bound for any denoiser that has learned these levels.
  public static func geometric(steps: Int, least: Double, greatest: Double) -> NoiseSchedule {
    require(
      steps > 1 && 0 < least && least < greatest && greatest.isFinite,
      """
      NoiseSchedule: \(steps) timesteps from sigma \(least) to \(greatest); use at least 2, and \
      ascending sigmas above 0
      """)
    let growth = logarithm(greatest / least)
    return NoiseSchedule(
      logAlphaBar: (0..<steps).map { t in
        let sigma = least * exponential(growth * Double(t) / Double(steps - 1))
        return -logOnePlus(sigma * sigma)
      })
  }

  /// Returns the schedule with ᾱ along a squared cosine (Nichol & Dhariwal 2021, arXiv 2102.09672):
  ///
  ///     f(u) = cos²(½π (u + s)/(1 + s)),  βₜ = 1 - f((t + 1)/T)/f(t/T),  at most 0.999
  ///
  /// where s is `offset`.
  public static func cosine(steps: Int, offset: Double = 0.008) -> NoiseSchedule {
    require(steps > 0, "NoiseSchedule: too few timesteps (\(steps)); use at least 1")
    require(offset >= 0, "NoiseSchedule: offset \(offset) must be 0 or more")
    func angle(_ t: Int) -> Double {
      0.5 * Double.pi * (Double(t) / Double(steps) + offset) / (1 + offset)
    }
    let width = 0.5 * Double.pi / (Double(steps) * (1 + offset))
    return NoiseSchedule(
      beta: (0..<steps).map { t in
        // cos²a - cos²b = sin(a + b) sin(b - a), since the difference would cancel.
        let root = LinearAlgebra.cosine(angle(t))
        let beta = sine(angle(t) + angle(t + 1)) * sine(width) / (root * root)
        return min(beta, largestBeta)
      })
  }

  /// Returns the schedule with ᾱ along a sigmoid (Chen 2023, arXiv 2301.10972):
  ///
  ///     ᾱₜ = (sigmoid(end/τ) - sigmoid(l/τ))/(sigmoid(end/τ) - sigmoid(start/τ)),
  ///     l = start + (end - start) (t + 1)/T
  ///
  /// The last ᾱ, which would be 0, is 10⁻⁹, or half of the one before if that is less.
  public static func sigmoidAlphaBar(
    steps: Int, start: Double = -3, end: Double = 3, tau: Double = 1
  ) -> NoiseSchedule {
    require(steps > 0, "NoiseSchedule: too few timesteps (\(steps)); use at least 1")
    require(
      start < end && tau > 0,
      "NoiseSchedule: start \(start) must be below end \(end), and tau \(tau) above 0")
    func argument(_ t: Int) -> Double {
      (start + (end - start) * Double(t) / Double(steps)) / tau
    }
    let last = argument(steps)
    var alphaBar = 1.0
    return NoiseSchedule(
      beta: (0..<steps).map { t in
        if t == steps - 1 { return 1 - min(1e-9 / alphaBar, 0.5) }
        // sigmoid(b) - sigmoid(a) = sigmoid(-a) sigmoid(b) (1 - e^(a - b)).
        let (from, to) = (argument(t), argument(t + 1))
        let beta =
          logistic(to) * exponentialMinusOne(from - to)
          / (logistic(last) * exponentialMinusOne(from - last))
        alphaBar *= 1 - beta
        return beta
      })
  }

  /// Returns the schedule with β as the function `rate` of t/(T - 1).
  private static func rates(
    _ steps: Int, scaled: Bool, _ rate: (Double) -> Double
  ) -> NoiseSchedule {
    require(steps > 0, "NoiseSchedule: too few timesteps (\(steps)); use at least 1")
    let factor = scaled ? 1000 / Double(steps) : 1
    return NoiseSchedule(
      beta: (0..<steps).map { t in
        min(factor * rate(steps > 1 ? Double(t) / Double(steps - 1) : 1), largestBeta)
      })
  }

  private static func logistic(_ x: Double) -> Double { 1 / (1 + exponential(-x)) }
}
