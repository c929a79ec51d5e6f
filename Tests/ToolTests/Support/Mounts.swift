import Foundation
import TestSupport

/// File systems mounted for a single command, in a namespace that ends with it.
enum Mounts {
  /// Whether this user may mount file systems here.
  static let arePossible: Bool = {
    let command = wrapper("mount -t tmpfs -o size=64k tmpfs /tmp && exec true")
    return (try? ChildProcess(command))?.result(limit: 60).status == 0
  }()

  static let reason: String = "no file system can be mounted here: unshare -m fails or is missing"

  /// Returns a wrapper that runs `script`, which may mount file systems; in it, `"$0" "$@"` is the
  /// command.
  static func wrapper(_ script: String) -> [String] {
    ["/usr/bin/env", "unshare", geteuid() == 0 ? "-m" : "-rm", "/bin/sh", "-c", script]
  }
}
