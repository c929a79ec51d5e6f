import Foundation
import LangevinErrors
import Testing

@testable import LangevinFiles

/// Pipes and devices, which can be read only once and are kept for later reads.
@Suite struct StreamedFileTests {
  private func withPipe(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("langevin-pipe-\(UUID().uuidString)").path
    let status = unsafe mkfifo(path, 0o600)
    #expect(status == 0)
    defer { unsafe unlink(path) }
    try body(path)
  }

  @Test func readsPipesToTheEnd() throws {
    try withPipe { path in
      #expect(StreamedFile.isNamed(path))
      let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
      let thread = Thread {
        FileHandle(forWritingAtPath: path).map {
          $0.write(Data(bytes))
          try? $0.close()
        }
      }
      thread.start()
      let read = try StreamedFile.read(path, sizeLimit: 1 << 20)
      #expect(read == bytes)
      // No process writes any more.
      let again = try StreamedFile.read(path, sizeLimit: 1 << 20)
      #expect(again == bytes)
    }
  }

  @Test func rejectsTooLongStreams() throws {
    let error = #expect(throws: FileError.self) {
      try StreamedFile.read("/dev/zero", sizeLimit: 1 << 20)
    }
    #expect(error?.description.contains("/dev/zero: it gives more than 1048576 bytes") == true)
  }

  @Test(arguments: ["a.csv", "", "/nowhere/a", "/etc/passwd", "/tmp", "/dev/shm/a.csv"])
  func regularFilesAreNotStreams(path: String) { #expect(!StreamedFile.isNamed(path)) }
}
