import Foundation
import TestSupport
import Testing

#if os(Linux)
@Suite struct ChildProcessTests {
  /// Thousands of tests start programs, so leaked file descriptors would add up.
  @Test func leavesNoFileOpen() throws {
    let process = try ChildProcess(["/bin/sh", "-c", "echo here"])
    let result = process.result(limit: 60)
    #expect(result.output == Data("here\n".utf8))
    let files = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
    let open = files.compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
    }
    #expect(!open.contains { $0.hasPrefix(process.folder.path) })
  }
}
#endif
