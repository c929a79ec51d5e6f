import Checkpoints
import Foundation
import LangevinFiles
import SafeTensors
import Testing

/// A file that PyTorch wrote with the reference implementation of the format.
@Suite struct TorchFileTests {
  @Test func isReadAndWrittenAlike() throws {
    let fixture = Bundle.module.url(
      forResource: "torch", withExtension: "safetensors", subdirectory: "Fixtures")
    let url = try #require(fixture)
    let contents = try SafeTensorsFile(path: url.path)
    #expect(contents.metadata == ["made by": "torch \"2\"\t→"])
    #expect(contents.tensors.count == 12)
    #expect(
      try contents.floats("weight", shape: [2, 3])
        == [1.5, -2.25, 3e-8, 0.1, 1.2676506e30, -0.0])
    #expect(try contents.floats("weight")[5].sign == .minus)
    #expect(throws: SafeTensorsError.self) { try contents.floats("double") }
    #expect(try contents.floats("double", allowingNonFinite: true) == [0.1, -.infinity])
    #expect(try contents.floats("half") == [1, -0.333251953125, 5.9604645e-8])
    #expect(try contents.floats("brain", shape: [3])[..<2] == [1, -3.140625])
    #expect(try contents.integers("long") == [-(1 << 62), 7])
    #expect(try contents.integers("int", shape: [2, 1]) == [-5, 6])
    #expect(try contents.integers("byte") == [0, 255, 7])
    #expect(try contents.integers("scalar \"é\"\n", shape: []) == [42])
    #expect(try contents.floats("empty", shape: [0, 4]).isEmpty)
    #expect(contents["mask"]?.bytes == [1, 0])
    #expect(contents["mask"]?.type == .bool)
    #expect(contents["f8"]?.type == .float8E4M3)
    #expect(contents["complex"]?.type == .complex64)
    #expect(try contents.serialized() == AtomicFile.read(url.path, sizeLimit: 2000))
  }
}
