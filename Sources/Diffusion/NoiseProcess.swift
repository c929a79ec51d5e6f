import LinearAlgebra

/// The levels of noise that a model learns: a table of timesteps, or a range without steps.
///
/// A level is drawn through its quantile: `level(at: u)` for u uniform on (0, 1). So a batch may
/// spread its levels evenly, whatever their distribution is.
public enum NoiseProcess: Sendable, Hashable {
  /// The timesteps of a schedule, all as often.
  case discrete(NoiseSchedule)
  /// σ of (1, σ) with a normal logarithm (Karras et al. 2022).
  case logNormal(LogNormalNoise)
  /// The times of a continuous process, uniform on 0 … 1.
  case continuousVP(ContinuousVP)

  /// The schedule, if there are timesteps.
  public var schedule: NoiseSchedule? {
    if case .discrete(let schedule) = self { schedule } else { nil }
  }

  /// The level below which the share u, between 0 and 1, of all levels lies.
  public func level(at u: Double) -> NoiseLevel {
    switch self {
    case .discrete(let schedule):
      schedule.level(min(schedule.steps - 1, Int(u * Double(schedule.steps))))
    case .logNormal(let noise): noise.level(at: u)
    case .continuousVP(let process): process.level(at: u)
    }
  }

  /// The noisiest level, from which sampling starts.
  public var terminal: NoiseLevel {
    switch self {
    case .discrete(let schedule): schedule.level(schedule.steps - 1)
    case .logNormal(let noise): NoiseLevel(sigma: noise.range.maximum)
    case .continuousVP(let process): process.level(at: 1)
    }
  }

  /// The most steps that a sampler can take; nil if there is no limit.
  public var largestStepCount: Int? { schedule?.steps }

  /// A path of `steps` steps from the noisiest level to the data. `spacing` chooses among timesteps.
  public func levels(steps: Int, spacing: TimestepSpacing = .trailing) -> [NoiseLevel] {
    switch self {
    case .discrete(let schedule):
      schedule.levels(timesteps: schedule.timesteps(count: steps, spacing: spacing))
    case .logNormal(let noise): noise.range.levels(count: steps)
    case .continuousVP(let process): process.levels(count: steps)
    }
  }
}

extension NoiseSchedule {
  /// The timestep whose signal-to-noise ratio is nearest to that of `level`, by its logarithm.
  func nearestTimestep(to level: NoiseLevel) -> Int {
    // λ falls with t: the first timestep with as much noise.
    var (low, high) = (0, steps - 1)
    while low < high {
      let middle = (low + high) / 2
      if self.level(middle).sigma >= level.sigma { high = middle } else { low = middle + 1 }
    }
    if low == 0 { return 0 }
    let (before, after) = (self.level(low - 1), self.level(low))
    if after.signal == 0 { return level.signal == 0 ? low : low - 1 }
    return before.lambda - level.lambda < level.lambda - after.lambda ? low - 1 : low
  }
}
