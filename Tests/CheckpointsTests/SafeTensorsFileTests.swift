import Checkpoints
import Foundation
import LangevinFiles
import SafeTensors
import Testing

@Suite struct SafeTensorsFileTests {
  @Test func checkpointsAreWrittenAndRead() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = "\(folder.path)/a.safetensors"
    try sample().write(to: path)
    #expect(try SafeTensorsFile(path: path) == sample())
    try AtomicFile.write([1, 2, 3], to: path)
    let error = #expect(throws: SafeTensorsError.self) { try SafeTensorsFile(path: path) }
    #expect(error?.description.hasPrefix("\(path): it has 3 bytes") == true)
  }
}
