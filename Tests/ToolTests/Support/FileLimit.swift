import Foundation
import TestSupport

/// Files that may not grow beyond a limit (`ulimit -f`), as on a full disk.
enum FileLimit {
  /// Not under Thread Sanitizer, whose own shadow memory the limit cuts off.
  static let isPossible = !Sanitizer.isThreadSanitizer
  static let reason = "Thread Sanitizer cannot work under ulimit -f"

  /// Runs a command under a limit of so many blocks, of 512 or 1024 bytes.
  static func wrapper(blocks: Int) -> [String] {
    ["/bin/sh", "-c", "ulimit -f \(blocks); exec \"$0\" \"$@\""]
  }
}
