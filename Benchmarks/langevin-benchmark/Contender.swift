/// One of several ways to do the same work.
struct Contender {
  /// What the tables call it.
  let name: String
  /// The number of threads that it uses.
  let threads: Int
  /// Does the work once; nil if it would take too long to be worth the wait.
  let run: (() -> Void)?

  /// The name of the contender that others are compared with.
  static let reference = "openblas"
}
