import LangevinPreconditions

/// Which of T timesteps a sampler with K steps visits, from the noisiest on, i = 0 … K-1.
///
/// The definitions are those of the diffusers library; halves are rounded to even numbers, as there.
public enum TimestepSpacing: String, CaseIterable, Sendable, Hashable, Codable {
  /// round(T - i T/K) - 1: begins with T - 1 (Lin et al. 2023, arXiv 2305.08891, recommend it).
  case trailing
  /// (K - 1 - i) ⌊T/K⌋: ends with 0, but never visits T - 1, so that the sampler begins at less noise
  /// than it starts from. For comparisons with what others did.
  case leading
  /// round((K - 1 - i) (T - 1)/(K - 1)): both ends; T - 1 alone if K = 1.
  case linspace
}

extension NoiseSchedule {
  /// `count` different timesteps, descending. `count` is from 1 to ``steps``, which it need not divide.
  public func timesteps(count: Int, spacing: TimestepSpacing = .trailing) -> [Int] {
    require(
      count > 0 && count <= steps,
      "NoiseSchedule: \(count) steps of a schedule that has \(steps)")
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

/// a/b to the nearest whole number, halves to the even one; exact, where `Double` may be just off a half.
private func roundedQuotient(_ a: Int, _ b: Int) -> Int {
  let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
  if 2 * remainder > b || 2 * remainder == b && quotient % 2 == 1 { return quotient + 1 }
  return quotient
}
