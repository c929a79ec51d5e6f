import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

private let caught = Atomic<Int32>(0)

/// Ctrl-C, a polite kill and a terminal that goes away, as a question that the training loop asks after each
/// step.
enum Interruption {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Has signals that end a program end this one, whoever started it.
  ///
  /// A parent's blocked signals are inherited: a program run from a worker thread that blocks them would never
  /// stop.
  static func unblock() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for number in signals { unsafe sigaddset(&set, number) }
    unsafe pthread_sigmask(CInt(SIG_UNBLOCK), &set, nil)
  }

  /// Catches the first signal; after it, Ctrl-C or a kill ends the program at once.
  ///
  /// Hang-ups do not: as a terminal goes away, both the shell and the system may send one.
  static func watch() {
    for number in signals {
      // As `nohup` has it. `signal` fails only for numbers that are no signals.
      if number == SIGHUP && isIgnoring(signal(number, SIG_IGN)) { continue }
      _ = signal(number) { number in
        // The first is what the exit status tells.
        _ = caught.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing)
        _ = signal(number, number == SIGHUP ? SIG_IGN : SIG_DFL)
      }
    }
  }

  private static func isIgnoring(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Whether a signal has come.
  static var requested: Bool { caught.load(ordering: .acquiring) != 0 }

  /// The exit status that tells the shell which signal ended the work: 130 after Ctrl-C.
  static var exitStatus: Int32 { 128 + caught.load(ordering: .acquiring) }
}
