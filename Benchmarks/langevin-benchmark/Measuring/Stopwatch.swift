/// A stopwatch for the parts of a piece of work.
struct Stopwatch {
  /// The time of each part so far.
  private var times: [Duration]
  private var last = ContinuousClock.now

  /// Creates a stopwatch for `parts` parts.
  init(parts: Int) { times = Array(repeating: .zero, count: parts) }

  /// Starts the clock; time before the call counts for no part.
  mutating func start() { last = .now }

  /// Adds the time since the last call to part `index`.
  mutating func lap(_ index: Int) {
    let now = ContinuousClock.now
    times[index] += now - last
    last = now
  }

  /// The time of each part, in seconds.
  var seconds: [Double] { times.map { $0 / .seconds(1) } }
}
