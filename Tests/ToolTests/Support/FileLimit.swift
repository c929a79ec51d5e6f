import Foundation
import TestSupport

/// A limit on the size of files (`ulimit -f`), which acts like a full disk.
enum FileLimit {
  /// False under Thread Sanitizer, whose shadow memory would exceed the limit.
  static let isPossible = !Sanitizer.isThreadSanitizer
  static let reason = "Thread Sanitizer cannot work under ulimit -f"

  /// Returns a wrapper that runs a command with a limit of `blocks` blocks, each of 512 or 1024 bytes.
  static func wrapper(blocks: Int) -> [String] {
    ["/bin/sh", "-c", "ulimit -f \(blocks); exec \"$0\" \"$@\""]
  }
}
