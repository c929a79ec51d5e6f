import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

private let interrupted = Atomic<Bool>(false)

/// Ctrl-C and a polite kill, as a question that the training loop asks after each step.
enum Interruption {
  /// Catches the first signal; a second one ends the program at once.
  static func watch() {
    for number in [SIGINT, SIGTERM] {
      _ = signal(number) { number in
        interrupted.store(true, ordering: .releasing)
        _ = signal(number, SIG_DFL)
      }
    }
  }

  /// Whether a signal has come.
  static var requested: Bool { interrupted.load(ordering: .acquiring) }
}
