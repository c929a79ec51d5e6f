/// Stops the time between the parts of a piece of work.
struct Stopwatch {
  /// What each part has taken so far.
  private var times: [Duration]
  private var last = ContinuousClock.now

  /// A watch for `parts` parts.
  init(parts: Int) { times = Array(repeating: .zero, count: parts) }

  /// Begins anew: what came before belongs to no part.
  mutating func start() { last = .now }

  /// What has passed since the last call belongs to part `index`.
  mutating func lap(_ index: Int) {
    let now = ContinuousClock.now
    times[index] += now - last
    last = now
  }

  /// Seconds that each part has taken.
  var seconds: [Double] { times.map { $0 / .seconds(1) } }
}
