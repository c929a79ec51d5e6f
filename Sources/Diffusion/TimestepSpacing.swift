import LangevinPreconditions

/// The selection of the timesteps, out of T, that a sampler with K steps visits, from the noisiest on,
/// i = 0 … K-1.
///
/// The definitions are those of the diffusers library, which rounds halves to even numbers.
public enum TimestepSpacing: String, CaseIterable, Sendable, Hashable, Codable {
  /// The timesteps round(T - i T/K) - 1, which begin with T - 1 (recommended by Lin et al. 2023, arXiv
  /// 2305.08891).
  case trailing
  /// The timesteps (K - 1 - i) ⌊T/K⌋, which end with 0, and do not include T - 1 unless K = T.
  ///
  /// The first timestep then has less noise than the state from which the sampler starts. This spacing is for
  /// comparisons with the results of others.
  case leading
  /// The timesteps round((K - 1 - i) (T - 1)/(K - 1)), which include both ends; T - 1 alone if K = 1.
  case linspace
}

extension NoiseSchedule {
  /// Returns `count` different timesteps, descending. `count` is from 1 to ``steps``, and need not divide it.
  public func timesteps(count: Int, spacing: TimestepSpacing = .trailing) -> [Int] {
    require(
      count > 0 && count <= steps,
      "NoiseSchedule: the number of visited timesteps (\(count)) must be from 1 to \(steps)")
    return (0..<count).map { i in
      switch spacing {
      case .trailing: roundedQuotient(steps * (count - i), count) - 1
      case .leading: (count - 1 - i) * (steps / count)
      case .linspace:
        count == 1 ? steps - 1 : roundedQuotient((count - 1 - i) * (steps - 1), count - 1)
      }
    }
  }
}

/// Returns a/b rounded to the nearest integer, halves to even. It is exact, where `Double` may miss a half.
private func roundedQuotient(_ a: Int, _ b: Int) -> Int {
  let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
  if 2 * remainder > b || 2 * remainder == b && quotient % 2 == 1 { return quotient + 1 }
  return quotient
}
