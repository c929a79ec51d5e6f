import Foundation
import TestSupport

/// File systems that are mounted for one command alone, in a namespace that goes away with it.
enum Mounts {
  /// Whether this user may do that here.
  static let arePossible: Bool = {
    let command = wrapper("mount -t tmpfs -o size=64k tmpfs /tmp && exec true")
    return (try? ChildProcess(command))?.result(limit: 60).status == 0
  }()

  static let reason: String = "no file system can be mounted here: unshare -m is refused or missing"

  /// Runs `script`, which may mount, and in which `"$0" "$@"` is the command.
  static func wrapper(_ script: String) -> [String] {
    ["/usr/bin/env", "unshare", geteuid() == 0 ? "-m" : "-rm", "/bin/sh", "-c", script]
  }
}
