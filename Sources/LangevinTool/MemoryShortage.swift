import LangevinThreading

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the program does where its memory is limited, as by `ulimit -v`.
enum MemoryShortage {
  /// Ends the program with status 1 if memory runs out. Swift has written a line that says so by then, and
  /// raises SIGABRT.
  static func endsInOrder() {
    if !MemoryLimit.isSet { return }
    MemoryLimit.shareOneHeap()
    _ = signal(SIGABRT) { _ in _exit(1) }
  }
}
