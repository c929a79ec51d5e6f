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
/// When the first signal came, in nanoseconds of the system's clock.
private let firstTime = Atomic<Int64>(0)

/// The signals that ask a program to end: of Ctrl-C, of `kill`, and of a terminal that goes away.
package enum EndingSignals {
  private static let all = [SIGINT, SIGTERM, SIGHUP]

  /// Has them call `handler`, whoever started the program, but for a hang-up that `nohup` has it ignore.
  ///
  /// A parent's blocked signals are inherited: a program run from a worker thread that blocks them would never
  /// stop.
  package static func handle(by handler: @escaping @convention(c) (Int32) -> Void) {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for number in all {
      unsafe sigaddset(&set, number)
      // `signal` fails only for numbers that are no signals.
      if number == SIGHUP && isIgnoring(signal(number, SIG_IGN)) { continue }
      _ = signal(number, handler)
    }
    unsafe pthread_sigmask(CInt(SIG_UNBLOCK), &set, nil)
  }

  private static func isIgnoring(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// What a handler does after the first signal: another Ctrl-C or kill ends the program at once.
  ///
  /// One that comes with the first does not: `timeout`, and others that pass signals on, send one to the program
  /// and to its group. Neither does a hang-up: as a terminal goes away, both the shell and the system may send
  /// one.
  package static func expectAnother(_ number: Int32) {
    firstTime.store(now, ordering: .sequentiallyConsistent)
    if number == SIGHUP { _ = signal(SIGHUP, SIG_IGN) }
    // No list: a handler must not allocate.
    _ = signal(SIGINT, endUnlessRepeated)
    _ = signal(SIGTERM, endUnlessRepeated)
  }

  private static var endUnlessRepeated: @convention(c) (Int32) -> Void {
    { number in
      // Half a second: nobody asks twice that fast.
      let elapsed = EndingSignals.now - firstTime.load(ordering: .sequentiallyConsistent)
      if elapsed > 500_000_000 { EndingSignals.end(by: number) }
    }
  }

  private static var now: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Has them end the program once no file is half written: at once, or after the write in hand.
  package static func waitForWrites() {
    // Made here, as a handler must not.
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

  /// Ends the program as `number` does where nobody handles it.
  private static func end(by number: Int32) {
    _ = signal(number, SIG_DFL)
    raise(number)
  }

  /// Calls `body`, which writes a file; then ends the program if that was waited for.
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
