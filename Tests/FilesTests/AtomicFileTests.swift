import Foundation
import LangevinErrors
import LangevinFiles
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite struct AtomicFileTests {
  @Test(arguments: [0, 1, 4096, 3_000_001])
  func readsWhatItWrote(count: Int) throws {
    try inTemporaryDirectory { directory in
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try AtomicFile.write(bytes, to: "\(directory)/file")
      #expect(try AtomicFile.read("\(directory)/file", sizeLimit: count) == bytes)
      #expect(try files(in: directory) == ["file"])
    }
  }

  @Test func replacesExistingFiles() throws {
    try inTemporaryDirectory { directory in
      let path = "\(directory)/file"
      try AtomicFile.write([1, 2, 3], to: path)
      try AtomicFile.write([4], to: path)
      #expect(try AtomicFile.read(path, sizeLimit: 10) == [4])
      #expect(try files(in: directory) == ["file"])
      var status = stat()
      #expect(unsafe stat(path, &status) == 0)
      #expect(status.st_mode & 0o777 & ~0o644 == 0)
    }
  }

  /// Replacing a file keeps its permissions.
  @Test(arguments: [0o600, 0o640, 0o444, 0o755] as [mode_t])
  func keepsPermissions(mode: mode_t) throws {
    try inTemporaryDirectory { directory in
      let path = "\(directory)/file"
      try AtomicFile.write([1, 2, 3], to: path)
      #expect(unsafe chmod(path, mode) == 0)
      try AtomicFile.write([4], to: path)
      var status = stat()
      #expect(unsafe stat(path, &status) == 0)
      #expect(status.st_mode & 0o777 == mode)
    }
  }

  @Test func acceptsLongNames() throws {
    try inTemporaryDirectory { directory in
      let path = "\(directory)/\(String(repeating: "n", count: 255))"
      try AtomicFile.write([4], to: path)
      #expect(try AtomicFile.read(path, sizeLimit: 1) == [4])
    }
  }

  @Test func replacesLinksAndKeepsTheirTargets() throws {
    try inTemporaryDirectory { directory in
      try AtomicFile.write([1], to: "\(directory)/file")
      #expect(unsafe symlink("file", "\(directory)/link") == 0)
      #expect(try AtomicFile.read("\(directory)/link", sizeLimit: 1) == [1])
      try AtomicFile.write([2], to: "\(directory)/link")
      #expect(try AtomicFile.read("\(directory)/link", sizeLimit: 1) == [2])
      #expect(try AtomicFile.read("\(directory)/file", sizeLimit: 1) == [1])
    }
  }

  @Test func readersSeeCompleteFiles() async throws {
    try await inTemporaryDirectory { directory in
      let path = "\(directory)/file"
      try AtomicFile.write([UInt8](repeating: 0, count: 50_000), to: path)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 1...3 {
          group.addTask {
            for _ in 0..<10 {
              try AtomicFile.write([UInt8](repeating: UInt8(writer), count: 50_000), to: path)
            }
          }
        }
        group.addTask {
          for _ in 0..<50 {
            let bytes = try AtomicFile.read(path, sizeLimit: 50_000)
            #expect(bytes.count == 50_000 && bytes.allSatisfy { $0 == bytes[0] })
          }
        }
        try await group.waitForAll()
      }
      #expect(try files(in: directory) == ["file"])
    }
  }

  @Test func explainsWriteFailures() throws {
    try inTemporaryDirectory { directory in
      let missing = "\(directory)/missing/file"
      #expect(
        throws: FileError(
          path: missing, reason: "its directory cannot be opened; create it first", code: ENOENT)
      ) { try AtomicFile.write([1], to: missing) }

      let refused = FileError(
        path: directory, reason: "it is a directory; name a regular file")
      #expect(throws: refused) { try AtomicFile.write([1], to: directory) }
      #expect(throws: FileError.self) { try AtomicFile.write([1], to: "\(directory)/") }
      #expect(throws: FileError.self) { try AtomicFile.write([1], to: "") }
      #expect(throws: FileError.self) { try AtomicFile.write([1], to: "\(directory)/a\0b") }

      #expect(unsafe mkfifo("\(directory)/pipe", 0o600) == 0)
      #expect(throws: FileError.self) { try AtomicFile.write([1], to: "\(directory)/pipe") }
      let long = "\(directory)/\(String(repeating: "n", count: 256))"
      #expect(throws: FileError.self) { try AtomicFile.write([1], to: long) }
      let remaining = try files(in: directory)
      #expect(remaining == ["pipe"])
    }
  }

  @Test func explainsReadFailures() throws {
    try inTemporaryDirectory { directory in
      func message(_ path: String) -> String {
        do throws(FileError) {
          _ = try AtomicFile.read(path, sizeLimit: 10)
          return "no error"
        } catch {
          return error.description
        }
      }
      #expect(unsafe mkfifo("\(directory)/pipe", 0o600) == 0)
      try AtomicFile.write([UInt8](repeating: 1, count: 11), to: "\(directory)/large")
      let rest = "name a regular file"
      #expect(message(directory) == "\(directory): it is a directory; \(rest)")
      #expect(message("\(directory)/pipe") == "\(directory)/pipe: it is a pipe; \(rest)")
      #expect(message("/dev/zero") == "/dev/zero: it is a socket or a device; \(rest)")
      #expect(
        message("\(directory)/large") == """
          \(directory)/large: it has 11 bytes, and the limit is 10; name a smaller file, or raise \
          the limit
          """)
      #expect(
        message("\(directory)/absent")
          == "\(directory)/absent: it cannot be opened: No such file or directory")
      #expect(message("") == ": the path is empty; name a file")
      #expect(message("\(directory)/large\0.txt").contains("null character"))
    }
  }

  #if os(Linux)
  /// Runs in a separate process with a file size limit of 5000 bytes: as on a full disk, the first bytes
  /// can be written and the rest cannot.
  @Test func fullDiskKeepsTheOldFile() async {
    await #expect(processExitsWith: .success) {
      try inTemporaryDirectory { directory in
        let path = "\(directory)/file"
        try AtomicFile.write([1, 2, 3], to: path)
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: 5000, rlim_max: 5000)
        try #require(unsafe setrlimit(__rlimit_resource_t(1), &limit) == 0)
        let expected = FileError(path: path, reason: "it cannot be written", code: EFBIG)
        #expect(throws: expected) {
          try AtomicFile.write([UInt8](repeating: 9, count: 100_000), to: path)
        }
        #expect(try AtomicFile.read(path, sizeLimit: 10) == [1, 2, 3])
        #expect(try files(in: directory) == ["file"])
        try AtomicFile.write([UInt8](repeating: 9, count: 5000), to: path)
        #expect(try AtomicFile.read(path, sizeLimit: 5000).count == 5000)
      }
    }
  }
  #endif
}
