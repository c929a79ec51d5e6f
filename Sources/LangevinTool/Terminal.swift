import Files

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

/// Standard output and error.
enum Terminal {
  /// Whether standard error is a terminal that a person looks at.
  static let isInteractive = isatty(STDERR_FILENO) == 1

  /// How many characters fit on a line of that terminal.
  static var columns: Int {
    var size = winsize()
    guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return Int(size.ws_col)
  }

  /// Writes to standard error, without a line end of its own.
  static func report(_ text: String) { _ = write(Array(text.utf8), to: STDERR_FILENO) }

  /// Writes to standard output; throws if nobody takes it.
  static func output(_ bytes: [UInt8]) throws {
    if !write(bytes, to: STDOUT_FILENO) { throw ToolError("standard output cannot be written") }
  }

  /// Writes a line to standard output.
  static func output(_ line: String) throws { try output(Array("\(line)\n".utf8)) }

  /// Writes one JSON object to standard output.
  static func output(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try output([UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")])
  }

  private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    do {
      try writeAll(bytes, to: file)
      return true
    } catch {
      return false
    }
  }
}

/// A write that fails is told like any other error: whoever reads our output may stop reading, and files
/// may have been given a limit (`ulimit -f`). That is no reason to die of a signal.
func ignoreSignalsOfWriting() {
  for number in [SIGPIPE, SIGXFSZ] { _ = signal(number, SIG_IGN) }
}
