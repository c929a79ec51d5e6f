/// Counts the time that steps take, and not that between them which goes into saving and telling.
struct StepClock {
  private let clock = ContinuousClock()
  private var counted = Duration.zero
  private var start: ContinuousClock.Instant?
  private var lap = (steps: 0, time: Duration.zero)

  /// A clock that runs, of a training that has taken so many steps.
  init(steps: Int) {
    lap.steps = steps
    start = clock.now
  }

  /// The time in steps.
  var elapsed: Duration { counted + (start.map { clock.now - $0 } ?? .zero) }

  mutating func pause() {
    counted = elapsed
    start = nil
  }

  mutating func goOn() { start = clock.now }

  /// Steps a second since it was asked for last, or since the start.
  mutating func rate(steps: Int) -> Double {
    let now = elapsed
    let seconds = max(1e-9, (now - lap.time).inSeconds)
    defer { lap = (steps, now) }
    return Double(steps - lap.steps) / seconds
  }
}
