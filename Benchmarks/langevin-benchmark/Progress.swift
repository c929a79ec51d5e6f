#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A progress line on standard error that overwrites itself; nothing if standard error is not a terminal.
enum Progress {
  /// Calls `body` with a function that shows a name, a number and a count, and removes the line at the end.
  static func shown<R>(_ body: (@escaping (String, Int, Int) -> Void) throws -> R) rethrows -> R {
    let isWatched = isatty(STDERR_FILENO) == 1
    defer { if isWatched { write("\r\u{1B}[K") } }
    return try body { name, number, count in
      if isWatched { write("\r\u{1B}[K\(number) of \(count): \(name)") }
    }
  }

  /// Writes `text` to standard error at once.
  private static func write(_ text: String) {
    let bytes = Array(text.utf8)
    // A failed write must not stop the run.
    _ = unsafe bytes.withUnsafeBytes {
      #if canImport(Glibc)
      unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count)
      #elseif canImport(Musl)
      unsafe Musl.write(STDERR_FILENO, $0.baseAddress, $0.count)
      #else
      unsafe Darwin.write(STDERR_FILENO, $0.baseAddress, $0.count)
      #endif
    }
  }
}
