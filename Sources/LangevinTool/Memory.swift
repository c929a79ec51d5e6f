import Langevin
import LangevinThreading
import LinearAlgebra

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Throws if `rows` × `columns` elements do not fit into the memory of this computer.
///
/// - Parameters:
///   - what: The option that asks for them, for the error.
///   - rows: The number of rows.
///   - columns: The number of columns.
///   - numbersEach: The memory of an element, in numbers.
func requireMemory(_ what: String, _ rows: Int, _ columns: Int, numbersEach: Int) throws {
  let needed = PhysicalMemory.bytes(rows: rows, columns: columns, numbersEach: numbersEach)
  let available = PhysicalMemory.size
  if needed > available {
    throw ToolError(
      """
      \(what): this takes \((needed / 1e9).fixed(1)) GB of memory, and this computer has \
      \((available / 1e9).fixed(1)) GB; choose a smaller number
      """)
  }
}

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
