import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

private let writes = Atomic<Int>(0)
private let waiting = Atomic<Int32>(0)
/// The time of the first signal, in nanoseconds of the monotonic clock.
private let firstTime = Atomic<Int64>(0)

/// The signals that ask a program to end: SIGINT (Ctrl-C), SIGTERM (`kill`) and SIGHUP (a closed terminal).
package enum EndingSignals {
  private static let all = [SIGINT, SIGTERM, SIGHUP]

  /// Makes these signals call `handler`, except a hang-up that is ignored, as under `nohup`.
  ///
  /// It also unblocks the signals. A program inherits blocked signals from its parent, so one that is started
  /// from a worker thread that blocks them would never stop.
  package static func handle(by handler: @escaping @convention(c) (Int32) -> Void) {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for number in all {
      unsafe sigaddset(&set, number)
      // `signal` fails only for numbers that are not signals.
      if number == SIGHUP && isIgnoring(signal(number, SIG_IGN)) { continue }
      _ = signal(number, handler)
    }
    unsafe pthread_sigmask(CInt(SIG_UNBLOCK), &set, nil)
  }

  private static func isIgnoring(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Makes another Ctrl-C or `kill` end the program at once. Handlers call this after the first signal.
  ///
  /// A second signal at the same time as the first is ignored, because `timeout` and other programs that
  /// forward signals send one to the program and one to its group. Further hang-ups are ignored as well: when
  /// a terminal is closed, both the shell and the system may send one.
  package static func expectAnother(_ number: Int32) {
    firstTime.store(now, ordering: .sequentiallyConsistent)
    if number == SIGHUP { _ = signal(SIGHUP, SIG_IGN) }
    // No loop over an array, because a signal handler must not allocate.
    _ = signal(SIGINT, endUnlessRepeated)
    _ = signal(SIGTERM, endUnlessRepeated)
  }

  private static var endUnlessRepeated: @convention(c) (Int32) -> Void {
    { number in
      // Signals within half a second count as one request.
      let elapsed = EndingSignals.now - firstTime.load(ordering: .sequentiallyConsistent)
      if elapsed > 500_000_000 { EndingSignals.end(by: number) }
    }
  }

  private static var now: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Makes these signals end the program at once, or after the current write, so that no file is half
  /// written.
  package static func waitForWrites() {
    // Initializes these globals here, because a signal handler must not.
    _ = (
      writes.load(ordering: .relaxed), waiting.load(ordering: .relaxed),
      firstTime.load(ordering: .relaxed)
    )
    handle { number in
      if writes.load(ordering: .sequentiallyConsistent) > 0 {
        waiting.store(number, ordering: .sequentiallyConsistent)
        EndingSignals.expectAnother(number)
      } else {
        EndingSignals.end(by: number)
      }
    }
  }

  /// Ends the program like an unhandled signal `number`.
  private static func end(by number: Int32) {
    _ = signal(number, SIG_DFL)
    raise(number)
  }

  /// Calls `body`, which writes a file, and then ends the program if a signal has asked for it.
  static func duringWrite<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    writes.add(1, ordering: .sequentiallyConsistent)
    defer {
      let others = writes.subtract(1, ordering: .sequentiallyConsistent).newValue
      let number = waiting.load(ordering: .sequentiallyConsistent)
      if others == 0 && number != 0 { Self.end(by: number) }
    }
    return try body()
  }
}
