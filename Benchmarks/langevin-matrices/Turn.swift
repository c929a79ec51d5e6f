/// An operation that is ready to run, with its operands.
struct Turn {
  let request: Request
  private let operation: Operation?
  /// The number of calls between two readings of the clock.
  private let batch: Int

  /// Prepares the operation of `request` and calls it once.
  init(_ request: Request) throws {
    self.request = request
    let work = request.work
    operation =
      switch work.kind {
      case .float: Operands<Float>(size: work.size).operation(work.operation)
      case .double: Operands<Double>(size: work.size).operation(work.operation)
      }
    guard let operation else {
      batch = 0
      return
    }
    let first = try Turn.time(1, operation)
    // Reading the clock must not count.
    batch = Swift.max(1, Int(50e-6 / Swift.max(first, 1e-9)))
  }

  /// Returns the seconds of one call, the median over as many batches as fit in `seconds`; nil if the
  /// operation does not exist.
  func measure(for seconds: Double) throws -> Double? {
    guard let operation else { return nil }
    var times: [Double] = []
    var total = 0.0
    repeat {
      let time = try Turn.time(batch, operation)
      times.append(time / Double(batch))
      total += time
    } while total < seconds
    times.sort()
    return (times[(times.count - 1) / 2] + times[times.count / 2]) / 2
  }

  private static func time(_ calls: Int, _ operation: Operation) throws -> Double {
    let start = ContinuousClock.now
    for _ in 0..<calls { try operation() }
    return (ContinuousClock.now - start) / .seconds(1)
  }
}
