/// One of several implementations of the same work, or one of several sizes of it.
struct Contender {
  /// A part of each step, which is also timed by itself.
  struct Part {
    /// The name in the tables.
    let name: String
    /// The floating-point operations of its products in one step; 0 without products.
    let operations: Double
  }

  /// The name in the tables.
  let name: String
  /// The number of threads.
  let threads: Int
  /// The position on the x axis of a plot; nil if it is not plotted.
  let size: Int?
  /// The floating-point operations of the products in one step.
  let operations: Double
  /// The number of steps in one run.
  let steps: Int
  /// The parts that the stopwatch times, in this order; empty if the work is timed as a whole.
  let parts: [Part]
  /// The name of the contender to compare it with.
  let against: String
  /// Does the work once; nil if the work would take too long.
  let run: ((inout Stopwatch) -> Void)?

  /// The name of the contender with which most others are compared.
  static let reference = "openblas"

  /// Returns `name` with the number of threads, which is omitted if it is 1.
  static func name(_ name: String, threads: Int) -> String {
    threads == 1 ? name : "\(name), \(threads) threads"
  }

  /// Creates a contender whose work is timed as a whole.
  init(
    _ name: String, threads: Int = 1, size: Int? = nil, operations: Double, steps: Int = 1,
    against: String = reference, run: (() -> Void)?
  ) {
    self.name = name
    self.threads = threads
    self.size = size
    self.operations = operations
    self.steps = steps
    self.parts = []
    self.against = against
    self.run = run.map { run in { _ in run() } }
  }

  /// Creates a contender whose steps report their parts to the stopwatch.
  init(
    _ name: String, threads: Int = 1, parts: [Part], steps: Int = 1, against: String = reference,
    run: @escaping (inout Stopwatch) -> Void
  ) {
    self.name = name
    self.threads = threads
    self.size = nil
    self.operations = parts.reduce(0) { $0 + $1.operations }
    self.steps = steps
    self.parts = parts
    self.against = against
    self.run = run
  }
}
