import Foundation
import LangevinErrors
import Testing

@testable import LangevinFiles

/// The gzip format, compared with the gzip program.
@Suite struct GzipTests {
  private static let contents: [[UInt8]] = [
    [], Array("a,b\n1,2\n".utf8), (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 7) },
  ]

  private func gzip(_ arguments: [String], _ bytes: [UInt8]) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("langevin-gzip-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (input, output) = (
      folder.appendingPathComponent("in"), folder.appendingPathComponent("out")
    )
    try Data(bytes).write(to: input)
    try Data().write(to: output)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip"] + arguments
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return [UInt8](try Data(contentsOf: output))
  }

  private func decompress(_ bytes: [UInt8], sizeLimit: Int = 1 << 30) throws -> [UInt8] {
    try Gzip.decompress(bytes, path: "a.gz", sizeLimit: sizeLimit)
  }

  @Test(arguments: contents)
  func compressesAndDecompresses(bytes: [UInt8]) throws {
    let compressed = Gzip.compress(bytes)
    #expect(Gzip.isCompressed(compressed) && !Gzip.isCompressed(bytes))
    #expect(try decompress(compressed) == bytes)
    #expect(try gzip(["-dc"], compressed) == bytes)
    #expect(try decompress(gzip(["-c"], bytes)) == bytes)
    #expect(Gzip.compress(bytes) == compressed)
  }

  /// Several members form one text, and trailing zeros are ignored.
  @Test func joinsMembersAndIgnoresTrailingZeros() throws {
    let parts = Gzip.compress(Array("a,b\n".utf8)) + Gzip.compress(Array("1,2\n".utf8))
    #expect(try decompress(parts) == Array("a,b\n1,2\n".utf8))
    #expect(try decompress(parts + [0, 0, 0]) == Array("a,b\n1,2\n".utf8))
  }

  @Test func rejectsDamagedData() throws {
    let compressed = Gzip.compress(Self.contents[2])
    for count in [2, 10, 100, compressed.count - 1] {
      let error = #expect(throws: FileError.self) { try decompress(Array(compressed[..<count])) }
      #expect(error?.description == "a.gz: its compressed data are cut short; copy it again")
    }
    var damaged = compressed
    damaged[compressed.count - 6] ^= 1
    #expect(throws: FileError.self) { try decompress(damaged) }
    let error = #expect(throws: FileError.self) { try decompress(compressed + [1, 2, 3]) }
    #expect(error?.description.contains("a.gz: its compressed data are") == true)
  }

  /// A small file may expand to a huge one.
  @Test func rejectsTooLargeContents() {
    let bomb = Gzip.compress([UInt8](repeating: 0, count: 50_000_000))
    #expect(bomb.count < 60_000)
    let error = #expect(throws: FileError.self) { try decompress(bomb, sizeLimit: 1_000_000) }
    #expect(error?.description.contains("more than the limit of 1000000 bytes") == true)
  }
}
