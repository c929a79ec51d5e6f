import LinearAlgebra

/// The warm-up and decay of the learning rate, as a factor of the configured rate.
///
/// At step n, counted from 0, with w steps of warm-up and N steps in all:
///
///     factor = min(1, (n + 1)/w) · decay,  decay = 1 or ½ (1 + cos(π n/N))
package struct LearningRateSchedule: Sendable, Hashable {
  /// The number w of warm-up steps, over which the rate rises linearly.
  package var warmUpSteps: Int
  /// The number N of steps over which the rate falls to 0 along half a cosine (Loshchilov & Hutter 2017,
  /// arXiv 1608.03983); nil for no decay.
  package var cosineDecaySteps: Int?

  /// Creates a schedule. By default the rate is constant.
  package init(warmUpSteps: Int = 0, cosineDecaySteps: Int? = nil) {
    self.warmUpSteps = warmUpSteps
    self.cosineDecaySteps = cosineDecaySteps
  }

  /// Returns the factor at step `step`, counted from 0.
  package func factor(at step: Int) -> Double {
    let rise = step < warmUpSteps ? Double(step + 1) / Double(warmUpSteps) : 1
    guard let steps = cosineDecaySteps else { return rise }
    return step >= steps ? 0 : rise * 0.5 * (1 + cosine(Double.pi * Double(step) / Double(steps)))
  }
}
