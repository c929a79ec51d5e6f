import LangevinFiles

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Standard output and standard error.
enum Terminal {
  /// Whether standard error is a terminal on which a line can be redrawn.
  static let isInteractive = isatty(STDERR_FILENO) == 1 && understandsSequences

  /// Whether the terminal supports escape sequences.
  private static var understandsSequences: Bool {
    guard let kind = unsafe getenv("TERM") else { return false }
    let name = unsafe String(cString: kind)
    return !name.isEmpty && name != "dumb"
  }

  /// The number of characters that fit on a line of the terminal.
  static var columns: Int {
    var size = winsize()
    guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return Int(size.ws_col)
  }

  /// Writes `text` to standard error, without adding a line end.
  static func report(_ text: String) {
    // If standard error cannot be written, this error cannot be reported either. The work continues.
    try? writeAll(Array(text.utf8), to: STDERR_FILENO)
  }

  /// Writes to standard output; throws if that fails.
  static func output(_ bytes: [UInt8]) throws {
    try naming("standard output") { () throws(Problem) in try writeAll(bytes, to: STDOUT_FILENO) }
  }

  /// Writes a line to standard output.
  static func output(_ line: String) throws { try output(Array("\(line)\n".utf8)) }

  /// Writes one JSON object to standard output.
  static func output(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try output([UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")])
  }
}

/// Ignores the signals of failed writes, so that these are reported like other errors instead of killing the
/// program. A write fails if the reader of a pipe stops reading, or a file reaches a limit (`ulimit -f`).
func ignoreSignalsOfWriting() {
  // `signal` fails only for numbers that are not signals.
  for number in [SIGPIPE, SIGXFSZ] { _ = signal(number, SIG_IGN) }
}
