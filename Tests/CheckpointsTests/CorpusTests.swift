import Foundation
import ReaderChecks
import Testing

/// The files that the fuzzer begins with and has found: what must hold of each reader holds of them.
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
