import LangevinThreading

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension OpenBLAS {
  /// Runs `body`, which calls OpenBLAS or LAPACK, and returns its result; nil if memory is too scarce.
  ///
  /// OpenBLAS allocates a buffer for each concurrent call and keeps it. If the system refuses a buffer,
  /// OpenBLAS retries forever. Under a memory limit (`ulimit -v`), this function therefore runs one call at
  /// a time, so that one buffer is enough, and the first call checks whether the buffer can be allocated.
  static func whereMemoryAllows<R>(_ body: () -> R) -> R? {
    chooseCore
    if !MemoryLimit.isSet { return body() }
    return turn.withLock {
      if unsafe !hasBuffer { unsafe hasBuffer = canMap(bufferSize) }
      return unsafe hasBuffer ? body() : nil
    }
  }

  /// The size of OpenBLAS' largest buffer on any processor, in bytes.
  private static let bufferSize = 128 << 20

  /// Guards `hasBuffer`.
  private static let turn = SystemMutex(misuse: "OpenBLAS: a call of OpenBLAS is nested in another")
  nonisolated(unsafe) private static var hasBuffer = false

  private static func canMap(_ bytes: Int) -> Bool {
    let memory = unsafe mmap(
      nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { return false }
    unsafe munmap(memory, bytes)
    return true
  }
}
