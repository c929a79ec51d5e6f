import Foundation
import ReaderChecks
import Testing

/// The corpus of the fuzzer: each reader reads or rejects every file without breaking its rules.
@Suite struct CorpusTests {
  private static let corpus = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fuzzing/Corpus", isDirectory: true)

  @Test(arguments: Reader.allCases)
  func everyFileIsReadOrRefused(reader: Reader) throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: Self.corpus.appendingPathComponent(reader.rawValue), includingPropertiesForKeys: nil)
    #expect(files.count > 20)
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: file))
      let problem = reader.problem(with: bytes)
      #expect(problem == nil, "\(reader.rawValue)/\(file.lastPathComponent): \(problem ?? "")")
    }
  }
}
