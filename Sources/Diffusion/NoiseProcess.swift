/// The levels of noise that a model learns: a table of timesteps, or a range without steps.
///
/// A level is drawn through its quantile: `level(at: u)` for u uniform on (0, 1). So a batch may
/// spread its levels evenly, whatever their distribution is.
public enum NoiseProcess: Sendable, Hashable {
  /// The timesteps of a schedule, all as often.
  case discrete(NoiseSchedule)
  /// σ of (1, σ) with a normal logarithm (Karras et al. 2022).
  case logNormal(LogNormalNoise)

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
    }
  }

  /// The noisiest level, from which sampling starts.
  public var terminal: NoiseLevel {
    switch self {
    case .discrete(let schedule): schedule.level(schedule.steps - 1)
    case .logNormal(let noise): NoiseLevel(sigma: noise.maximum)
    }
  }
}

/// ln σ ~ N(mean, deviation²): the levels of Karras et al. (2022, table 1), and the range in which
/// samplers walk.
public struct LogNormalNoise: Sendable, Hashable, Codable {
  /// The mean of ln σ.
  public var mean: Double
  /// The standard deviation of ln σ.
  public var deviation: Double
  /// The least σ at which samplers ask, above 0.
  public var minimum: Double
  /// The σ at which samplers start.
  public var maximum: Double

  /// By default as in the paper, but for the range, which is for data of standard deviation 1.
  public init(
    mean: Double = -1.2, deviation: Double = 1.2, minimum: Double = 0.01, maximum: Double = 20
  ) {
    self.mean = mean
    self.deviation = deviation
    self.minimum = minimum
    self.maximum = maximum
  }

  /// The level below which the share u of all levels lies.
  public func level(at u: Double) -> NoiseLevel {
    NoiseLevel(sigma: exponential(mean + deviation * normalQuantile(u)))
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

  func level(_ t: Int) -> NoiseLevel { NoiseLevel(signal: signal(t), noise: noise(t)) }
}
