import Foundation
import TestSupport

/// Limits on the memory or the threads of a command.
enum ProcessLimit {
  static let memoryIsPossible = !Sanitizer.isThere
  static let memoryReason = "sanitizers cannot work under ulimit -v"

  /// Returns a wrapper that limits the address space of a command to `kibibytes` units of 1024 bytes
  /// (`ulimit -v`).
  static func memory(_ kibibytes: Int) -> [String] {
    ["/bin/sh", "-c", "ulimit -v \(kibibytes); exec \"$0\" \"$@\""]
  }

  /// Whether the number of threads can be limited: the limit applies to a user but not to root, and only
  /// root can switch to another user.
  static let threadsArePossible: Bool = {
    guard geteuid() == 0, let tool = try? Tool.url().path else { return false }
    let command = threads(1) + ["/usr/bin/env", "test", "-x", tool]
    return (try? ChildProcess(command))?.result(limit: 60).status == 0
  }()
  static let threadsReason: String = "the tool cannot be run as another user here"

  /// Returns a wrapper that runs a command as an otherwise unused user with at most `count` threads
  /// (`ulimit -u`).
  static func threads(_ count: Int) -> [String] {
    // Concurrent tests use different users.
    let user = Int.random(in: 100_000...1_000_000)
    return [
      "/usr/bin/env", "setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups", "prlimit",
      "--nproc=\(count):\(count)",
    ]
  }
}
