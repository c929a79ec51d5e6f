import LinearAlgebra

/// How the learning rate rises at first and falls in the end, as a factor of the rate that was asked for.
///
/// At step n from 0, w steps of warm-up, N steps in all:
///
///     factor = min(1, (n + 1)/w) · decay,  decay = 1 or ½ (1 + cos(π n/N))
public struct LearningRateSchedule: Sendable, Hashable {
  /// What becomes of the rate towards the end.
  public enum Decay: Sendable, Hashable {
    /// It stays.
    case none
    /// It falls to 0 along half a cosine (Loshchilov & Hutter 2017, arXiv 1608.03983), over this many
    /// steps.
    case cosine(steps: Int)
  }

  /// w: over so many steps the rate rises, linearly.
  public var warmUpSteps: Int
  /// What becomes of it then.
  public var decay: Decay

  /// By default the rate never changes.
  public init(warmUpSteps: Int = 0, decay: Decay = .none) {
    self.warmUpSteps = warmUpSteps
    self.decay = decay
  }

  /// The factor at step `step`, from 0.
  package func factor(at step: Int) -> Double {
    let rise = step < warmUpSteps ? Double(step + 1) / Double(warmUpSteps) : 1
    switch decay {
    case .none: return rise
    case .cosine(let steps):
      return step >= steps ? 0 : rise * 0.5 * (1 + cosine(Double.pi * Double(step) / Double(steps)))
    }
  }
}
