import Foundation
import TestSupport

/// Commands that may have little memory, or few threads.
enum ProcessLimit {
  static let memoryIsPossible = !Sanitizer.isThere
  static let memoryReason = "sanitizers cannot work under ulimit -v"

  /// Runs a command in an address space of so many units of 1024 bytes (`ulimit -v`).
  static func memory(_ kibibytes: Int) -> [String] {
    ["/bin/sh", "-c", "ulimit -v \(kibibytes); exec \"$0\" \"$@\""]
  }

  /// Whether commands can be run with few threads: the limit is one of a user, and does not bind the
  /// administrator, who alone can be another user.
  static let threadsArePossible: Bool = {
    guard geteuid() == 0, let tool = try? Tool.url().path else { return false }
    let command = threads(1) + ["/usr/bin/env", "test", "-x", tool]
    return (try? ChildProcess(command))?.result(limit: 60).status == 0
  }()
  static let threadsReason: String = "the tool cannot be run as another user here"

  /// Runs a command as a user who has nothing else, and so many threads (`ulimit -u`).
  static func threads(_ count: Int) -> [String] {
    // Tests at the same time have a user each.
    let user = Int.random(in: 100_000...1_000_000)
    return [
      "/usr/bin/env", "setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups", "prlimit",
      "--nproc=\(count):\(count)",
    ]
  }
}
