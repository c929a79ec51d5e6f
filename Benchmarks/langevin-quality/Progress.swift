#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Lines on standard error, for those who wait.
enum Progress {
  static func tell(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    // Progress that nobody can read is no reason to stop.
    _ = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
