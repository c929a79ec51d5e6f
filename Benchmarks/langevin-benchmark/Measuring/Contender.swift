/// One of several ways to do the same work, or one of several sizes of it.
struct Contender {
  /// A stretch of each step that is timed by itself, too.
  struct Part {
    /// What the tables call it.
    let name: String
    /// Floating-point operations of its products in one step; 0 if it has none.
    let operations: Double
  }

  /// What the tables call it.
  let name: String
  /// The number of threads that it uses.
  let threads: Int
  /// Its place on the x axis of a plot; nil if it has none.
  let size: Int?
  /// Floating-point operations of the products in one step.
  let operations: Double
  /// How many steps one run does.
  let steps: Int
  /// What the stopwatch is told of, in this order; empty if the work is timed as a whole.
  let parts: [Part]
  /// The name of the contender that it is compared with.
  let against: String
  /// Does the work once; nil if it would take too long to be worth the wait.
  let run: ((inout Stopwatch) -> Void)?

  /// The name of the contender that most others are compared with.
  static let reference = "openblas"

  /// `name` on `threads` threads, which are told of unless there is one.
  static func name(_ name: String, threads: Int) -> String {
    threads == 1 ? name : "\(name), \(threads) threads"
  }

  /// Work that is timed as a whole.
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

  /// Steps that tell the stopwatch of their parts.
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
