import Foundation
import LangevinFiles
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// The temporary files of programs that were killed while writing.
@Suite struct LeftoverTests {
  @Test func removesLeftoversOnly() throws {
    try inTemporaryDirectory { directory in
      let others = ["langevin-1.tmp", ".langevin-1", ".other.tmp", "file", "x.langevin-1.tmp"]
      for name in others + [".langevin-1.tmp", ".langevin-abc.tmp"] {
        try Data([1]).write(to: URL(fileURLWithPath: "\(directory)/\(name)"))
      }
      try FileManager.default.createDirectory(
        atPath: "\(directory)/.langevin-2.tmp", withIntermediateDirectories: false)
      #expect(unsafe symlink("file", "\(directory)/.langevin-3.tmp") == 0)
      AtomicFile.removeLeftovers(in: directory)
      #expect(
        try files(in: directory) == (others + [".langevin-2.tmp", ".langevin-3.tmp"]).sorted())
    }
  }

  @Test func keepsFilesInUse() throws {
    try inTemporaryDirectory { directory in
      let path = "\(directory)/.langevin-1.tmp"
      let file = unsafe open(path, O_WRONLY | O_CREAT, 0o644)
      try #require(file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0)
      AtomicFile.removeLeftovers(in: directory)
      #expect(try files(in: directory) == [".langevin-1.tmp"])
      // Unlocks as the end of a program does. Closing alone is not enough: a child process that another
      // test starts now would keep the file locked.
      #expect(flock(file, LOCK_UN) == 0)
      close(file)
      AtomicFile.removeLeftovers(in: directory)
      #expect(try files(in: directory).isEmpty)
    }
  }

  /// Removing leftovers does not affect files that are being written.
  @Test func doesNotDisturbWriters() async throws {
    try await inTemporaryDirectory { directory in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<2 {
          group.addTask {
            for turn in 0..<50 {
              let bytes = [UInt8](repeating: UInt8(turn), count: 50_000)
              try AtomicFile.write(bytes, to: "\(directory)/\(writer)")
            }
          }
        }
        group.addTask {
          for _ in 0..<500 { AtomicFile.removeLeftovers(in: directory) }
        }
        try await group.waitForAll()
      }
      #expect(try files(in: directory) == ["0", "1"])
    }
  }

  @Test func ignoresAMissingDirectory() {
    AtomicFile.removeLeftovers(in: "/nowhere/at/all")
  }
}
