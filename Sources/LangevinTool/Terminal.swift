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

/// Standard output and error.
enum Terminal {
  /// Whether standard error is a terminal on which a line can be drawn over.
  static let isInteractive = isatty(STDERR_FILENO) == 1 && understandsSequences

  /// Whether the terminal is of a kind that knows escape sequences.
  private static var understandsSequences: Bool {
    guard let kind = unsafe getenv("TERM") else { return false }
    let name = unsafe String(cString: kind)
    return !name.isEmpty && name != "dumb"
  }

  /// How many characters fit on a line of that terminal.
  static var columns: Int {
    var size = winsize()
    guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return Int(size.ws_col)
  }

  /// Writes to standard error, without a line end of its own.
  static func report(_ text: String) {
    // Where errors cannot be told, this one cannot be told either. The work goes on.
    try? writeAll(Array(text.utf8), to: STDERR_FILENO)
  }

  /// Writes to standard output; throws if nobody takes it.
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

/// A write that fails is told like any other error: whoever reads our output may stop reading, and files
/// may have been given a limit (`ulimit -f`). That is no reason to die of a signal.
func ignoreSignalsOfWriting() {
  // Fails only for numbers that are no signals.
  for number in [SIGPIPE, SIGXFSZ] { _ = signal(number, SIG_IGN) }
}
