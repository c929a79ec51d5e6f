import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

private let caught = Atomic<Int32>(0)

/// Ctrl-C and a polite kill, as a question that the training loop asks after each step.
enum Interruption {
  /// Catches the first signal; a second one ends the program at once.
  static func watch() {
    // A parent's blocked signals are inherited: a program run from a worker thread that blocks
    // them would never stop.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGINT)
    unsafe sigaddset(&signals, SIGTERM)
    unsafe pthread_sigmask(CInt(SIG_UNBLOCK), &signals, nil)
    for number in [SIGINT, SIGTERM] {
      _ = signal(number) { number in
        caught.store(number, ordering: .releasing)
        _ = signal(number, SIG_DFL)
      }
    }
  }

  /// Whether a signal has come.
  static var requested: Bool { caught.load(ordering: .acquiring) != 0 }

  /// The exit status that tells the shell which signal ended the work: 130 after Ctrl-C.
  static var exitStatus: Int32 { 128 + caught.load(ordering: .acquiring) }
}
