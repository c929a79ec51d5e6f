import Foundation
import LangevinErrors
import LangevinFiles
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite struct AppendedFileTests {
  @Test func appendsAtTheEnd() throws {
    try inTemporaryDirectory { directory in
      let path = "\(directory)/log"
      func appendOnce() throws {
        let file = try AppendedFile(path)
        try file.append([1, 2])
        #expect(try AtomicFile.read(path, sizeLimit: 9) == [1, 2])
        try file.append([3])
        try file.append([])
        try file.synchronize()
        #expect(throws: FileError.self, "one writer at a time") { try AppendedFile(path) }
        try file.append([])
      }
      try appendOnce()
      try AppendedFile(path).append([4])
      #expect(try AtomicFile.read(path, sizeLimit: 9) == [1, 2, 3, 4])
    }
  }

  /// While others append, a reader gets a complete prefix and no error.
  @Test func readsGrowingFiles() async throws {
    try await inTemporaryDirectory { directory in
      let path = "\(directory)/log"
      let file = try AppendedFile(path)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for _ in 0..<200 {
            let bytes = try AtomicFile.read(path, sizeLimit: 1 << 20, mayGrow: true)
            #expect(bytes.count.isMultiple(of: 50) && bytes.allSatisfy { $0 == 7 })
          }
        }
        for _ in 0..<2000 { try file.append([UInt8](repeating: 7, count: 50)) }
        try await group.waitForAll()
      }
    }
  }

  @Test func rejectsFilesThatAreNotRegular() throws {
    try inTemporaryDirectory { directory in
      func message(_ path: String) -> String {
        do throws(FileError) {
          _ = try AppendedFile(path)
          return "no error"
        } catch {
          return error.description
        }
      }
      #expect(unsafe mkfifo("\(directory)/pipe", 0o600) == 0)
      let opened = "it cannot be opened for writing"
      #expect(message("\(directory)/pipe").hasPrefix("\(directory)/pipe: \(opened): "))
      #expect(message(directory) == "\(directory): \(opened): Is a directory")
      #expect(
        message("\(directory)/a/b") == "\(directory)/a/b: \(opened): No such file or directory")
      #expect(
        message("/dev/null") == "/dev/null: it is a socket or a device; name a regular file")
      #expect(message("").contains("the path is empty"))
    }
  }

  #if os(Linux)
  @Test func aFullDiskLeavesNoPartOfALine() async {
    await #expect(processExitsWith: .success) {
      try inTemporaryDirectory { directory in
        let file = try AppendedFile("\(directory)/log")
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: 100, rlim_max: 100)
        try #require(unsafe setrlimit(__rlimit_resource_t(1), &limit) == 0)
        try file.append([UInt8](repeating: 1, count: 90))
        let expected = FileError(path: file.path, reason: "it cannot be written", code: EFBIG)
        // Ten of these bytes would fit.
        #expect(throws: expected) { try file.append([UInt8](repeating: 2, count: 20)) }
        #expect(
          try AtomicFile.read(file.path, sizeLimit: 100) == [UInt8](repeating: 1, count: 90))
        try file.append([UInt8](repeating: 3, count: 10))
        #expect(try AtomicFile.read(file.path, sizeLimit: 100).count == 100)
      }
    }
  }
  #endif
}
