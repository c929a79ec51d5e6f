#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The signals that ask a program to end: of Ctrl-C, of `kill`, and of a terminal that goes away.
enum EndingSignals {
  /// Has them wait for this thread, and returns what waited before.
  static func block() -> sigset_t {
    var (set, before) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&set)
    for number in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&set, number) }
    unsafe pthread_sigmask(CInt(SIG_BLOCK), &set, &before)
    return before
  }

  /// Has those wait that waited `before`. The others come now, if they were sent meanwhile.
  static func restore(_ before: sigset_t) {
    var before = before
    unsafe pthread_sigmask(CInt(SIG_SETMASK), &before, nil)
  }
}
