#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Progress lines on standard error.
enum Progress {
  static func tell(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    // A failed write must not stop the run.
    _ = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
