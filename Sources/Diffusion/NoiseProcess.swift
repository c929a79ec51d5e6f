import LangevinPreconditions
import LinearAlgebra

/// The noise levels that a model learns: the timesteps of a schedule, or a continuous range.
///
/// Levels are drawn by quantile, as `level(at: u)` for u uniform on (0, 1), so that a batch can spread its
/// levels evenly over any distribution.
public enum NoiseProcess: Sendable {
  /// The timesteps of a schedule, each with the same probability.
  case discrete(NoiseSchedule)
  /// A range of levels.
  case continuous(any ContinuousProcess)

  /// Returns the process of levels (1, σ) with normal ln σ (Karras et al. 2022).
  public static func logNormal(_ noise: LogNormalNoise = LogNormalNoise()) -> NoiseProcess {
    .continuous(noise)
  }

  /// Returns the variance-preserving process in continuous time.
  public static func continuousVP(_ process: ContinuousVP = ContinuousVP()) -> NoiseProcess {
    .continuous(process)
  }

  /// The schedule of timesteps; nil for a continuous process.
  public var schedule: NoiseSchedule? {
    if case .discrete(let schedule) = self { schedule } else { nil }
  }

  /// Returns the level below which the share `u`, between 0 and 1, of all levels lies.
  public func level(at u: Double) -> NoiseLevel {
    switch self {
    case .discrete(let schedule):
      schedule.level(min(schedule.steps - 1, Int(u * Double(schedule.steps))))
    case .continuous(let process): process.level(at: u)
    }
  }

  /// The level with the most noise, from which sampling starts.
  public var terminal: NoiseLevel {
    switch self {
    case .discrete(let schedule): schedule.level(schedule.steps - 1)
    case .continuous(let process): process.terminal
    }
  }

  /// The largest number of steps of a sampler; nil if there is no limit.
  package var largestStepCount: Int? { schedule?.steps }

  /// Returns a path of `steps` steps from the noisiest level to the data.
  ///
  /// For a discrete process, `spacing` selects the timesteps.
  public func levels(steps: Int, spacing: TimestepSpacing = .trailing) -> [NoiseLevel] {
    switch self {
    case .discrete(let schedule):
      schedule.levels(timesteps: schedule.timesteps(count: steps, spacing: spacing))
    case .continuous(let process): process.levels(count: steps)
    }
  }
}

extension NoiseProcess: Hashable {
  public static func == (a: NoiseProcess, b: NoiseProcess) -> Bool { a.key == b.key }
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }

  private var key: AnyHashable {
    switch self {
    case .discrete(let schedule): AnyHashable(schedule)
    case .continuous(let process): AnyHashable(process)
    }
  }
}

/// Noise levels without timesteps: a distribution to train on, and a path to sample along.
///
/// Rectified flow (Liu et al. 2023, arXiv 2209.03003), x = (1 - t) x₀ + t ε with t uniform:
///
///     struct RectifiedFlow: ContinuousProcess {
///       func level(at t: Double) -> NoiseLevel { NoiseLevel(alpha: 1 - t, sigma: t) }
///     }
public protocol ContinuousProcess: Sendable, Hashable {
  /// Returns the level below which the share `u`, from 0 to 1, of all training levels lies.
  func level(at u: Double) -> NoiseLevel
  /// The level from which sampling starts. By default `level(at: 1)`.
  var terminal: NoiseLevel { get }
  /// Returns the path of a sampler: `count` levels from ``terminal`` on, each with less noise than the one
  /// before, and then that of the data.
  ///
  /// By default the levels are those at u = 1, 1 - 1/count, … 1/count.
  func levels(count: Int) -> [NoiseLevel]
}

extension ContinuousProcess {
  public var terminal: NoiseLevel { level(at: 1) }

  public func levels(count: Int) -> [NoiseLevel] {
    require(count > 0, "NoiseProcess: too few levels (\(count)); use at least 1")
    return (0..<count).map { level(at: Double(count - $0) / Double(count)) } + [.clean]
  }
}

extension NoiseSchedule {
  /// Returns the timestep whose signal-to-noise ratio is nearest to that of `level` on a logarithmic scale.
  func nearestTimestep(to level: NoiseLevel) -> Int {
    // λ falls with t, so a binary search finds the first timestep with at least as much noise.
    var (low, high) = (0, steps - 1)
    while low < high {
      let middle = (low + high) / 2
      if self.level(middle).noiseToSignalRatio >= level.noiseToSignalRatio {
        high = middle
      } else {
        low = middle + 1
      }
    }
    if low == 0 { return 0 }
    let (before, after) = (self.level(low - 1), self.level(low))
    if after.alpha == 0 { return level.alpha == 0 ? low : low - 1 }
    return before.lambda - level.lambda < level.lambda - after.lambda ? low - 1 : low
  }
}
