import LangevinThreading

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension OpenBLAS {
  /// Returns what `body`, which calls OpenBLAS or LAPACK, returns; nil if there is no memory for that.
  ///
  /// OpenBLAS takes a buffer for each call that is at work, and keeps it. Where the system refuses it, it
  /// asks again for ever. So under a limit, as of `ulimit -v`, calls take turns, to need one buffer alone,
  /// and the first one sees whether that can be had.
  static func whereMemoryAllows<R>(_ body: () -> R) -> R? {
    if !MemoryLimit.isSet { return body() }
    return turn.withLock {
      if unsafe !hasBuffer { unsafe hasBuffer = canMap(bufferSize) }
      return unsafe hasBuffer ? body() : nil
    }
  }

  /// The largest that OpenBLAS takes on any processor, in bytes.
  private static let bufferSize = 128 << 20

  /// Guards the one below.
  private static let turn = SystemMutex(misuse: "OpenBLAS: a call of it calls it")
  nonisolated(unsafe) private static var hasBuffer = false

  private static func canMap(_ bytes: Int) -> Bool {
    let memory = unsafe mmap(
      nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { return false }
    unsafe munmap(memory, bytes)
    return true
  }
}
