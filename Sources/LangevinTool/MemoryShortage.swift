import LangevinThreading

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The behavior of the program when its memory is limited, such as by `ulimit -v`.
enum MemoryShortage {
  /// Makes the program exit with status 1 if memory runs out. By then, Swift has written a line that says so,
  /// and raises SIGABRT.
  static func endsInOrder() {
    if !MemoryLimit.isSet { return }
    MemoryLimit.shareOneHeap()
    _ = signal(SIGABRT) { _ in _exit(1) }
  }
}
