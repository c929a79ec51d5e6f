import NeuralNetwork
import Checkpoints
import Foundation
import Testing

/// Runs with files changed by accident or on purpose: every command rejects them with one line.
@Suite struct DamagedRunTests {
  enum Damage: String, CaseIterable {
    case empty, cutShort, cutInTheHeader, longer, flippedHeader, hugeHeader, overlap, notANumber
    case notATensor, otherShape

    func apply(to bytes: Data) -> Data {
      var bytes = [UInt8](bytes)
      let header = 8 + Int(bytes[0]) + Int(bytes[1]) << 8
      switch self {
      case .empty: bytes = []
      case .cutShort: bytes.removeLast(40)
      case .cutInTheHeader: bytes.removeLast(bytes.count - header / 2)
      case .longer: bytes += [0, 0, 0, 0]
      case .flippedHeader: bytes[8] ^= 1
      case .hugeHeader: for i in 0..<8 { bytes[i] = i < 7 ? 0xff : 0x7f }
      case .overlap: replace("[0,", by: "[4,", in: &bytes)
      case .notANumber:
        for i in 0..<4 { bytes[header + i] = 0xff }
        replace("F64", by: "F64", in: &bytes)
        for i in stride(from: header, to: bytes.count - 7, by: 8) where i < header + 64 {
          for j in 0..<8 { bytes[i + j] = 0xff }
        }
      case .notATensor: bytes = [UInt8]("not a tensor in sight, just some text\n".utf8)
      case .otherShape: replace("[8,2]", by: "[2,8]", in: &bytes)
      }
      return Data(bytes)
    }

    private func replace(_ text: String, by other: String, in bytes: inout [UInt8]) {
      let old = [UInt8](text.utf8)
      for i in 0..<(bytes.count - old.count) where Array(bytes[i..<i + old.count]) == old {
        bytes.replaceSubrange(i..<i + old.count, with: other.utf8)
        return
      }
    }
  }

  private static let readers = [["sample", "--output", "new.csv"], ["info"]]

  private func command(_ parts: [String]) -> [String] { [parts[0], "run"] + parts.dropFirst() }

  @Test(arguments: Damage.allCases, readers)
  func rejectsADamagedModel(damage: Damage, reader: [String]) throws {
    let folder = try TrainedRun.copy()
    let good = try folder.bytes("run/model.safetensors")
    let bad = damage.apply(to: good)
    #expect(bad != good)
    try folder.write(bad, to: "run/model.safetensors")
    let line = try Tool.refuse(command(reader), in: folder)
    #expect(line.contains("run/model.safetensors: "))
  }

  @Test(arguments: Damage.allCases)
  func rejectsADamagedTrainingState(damage: Damage) throws {
    let folder = try TrainedRun.copy()
    let good = try folder.bytes("run/training.safetensors")
    let bad = damage.apply(to: good)
    #expect(bad != good)
    try folder.write(bad, to: "run/training.safetensors")
    let line = try Tool.refuse(["resume", "run", "--epochs", "3"], in: folder)
    #expect(line.contains("run/training.safetensors: "))
  }

  @Test(
    arguments: readers + [
      ["resume"], ["plot", "--output", "new.png"], ["animate", "--output", "new.webp"],
      ["report", "--output", "new.html"],
    ])
  func rejectsAModelOfAnotherArchitecture(reader: [String]) throws {
    let folder = try TrainedRun.copy()
    let run = RunFolder(folder.url("run").path)
    var configuration = try run.configuration()
    configuration.model.network = .conditional(widths: [8, 9], activation: .softplus)
    try run.saveConfiguration(configuration)
    let line = try Tool.refuse(command(reader), in: folder)
    #expect(line.contains("lin2") && line.contains("of the same network"))
  }

  @Test(
    arguments: [
      "", "{", "[]", "null", "{}", "not JSON", "{\"format\": 2}", "{\"format\": 4}", "\u{0}",
      "{\"format\":1,\"dataset\":{},\"model\":{},\"training\":{}}",
      String(repeating: "[", count: 100_000),
    ], readers + [["resume"], ["plot", "--kind", "loss", "--output", "new.png"]])
  func rejectsADamagedConfiguration(text: String, reader: [String]) throws {
    let folder = try TrainedRun.copy()
    try folder.write(Data(text.utf8), to: "run/config.json")
    let line = try Tool.refuse(command(reader), in: folder)
    #expect(line.contains("run/config.json: "))
  }

  @Test(arguments: ["model", "training"])
  func namesAMissingFile(name: String) throws {
    let folder = try TrainedRun.copy()
    try FileManager.default.removeItem(at: folder.url("run/\(name).safetensors"))
    let line = try Tool.refuse(
      name == "model" ? ["sample", "run", "--output", "new.csv"] : ["resume", "run"], in: folder)
    #expect(line.contains("run/\(name).safetensors: "))
  }

  /// The batch size does not fit the steps taken, so the run cannot be resumed.
  @Test func rejectsProgressOfAnotherConfiguration() throws {
    let folder = try TrainedRun.copy()
    let run = RunFolder(folder.url("run").path)
    var configuration = try run.configuration()
    configuration.training.batchSize = 200
    try run.saveConfiguration(configuration)
    let line = try Tool.refuse(["resume", "run", "--epochs", "9"], in: folder)
    #expect(line.contains("8 steps are not 2 epochs of 1"))
  }
}
