import Checkpoints
import Diffusion
import Foundation
import LangevinFiles
import LinearAlgebra
import NeuralNetwork
import Testing

/// Randomly damaged runs are read or rejected, and do not crash the program.
@Suite struct MutatedRunTests {
  /// A run with timesteps, and a smaller run of the preset `best`.
  private static let configurations: [RunConfiguration] = {
    var model = Preset.best.model(dimension: 2, rows: 100)
    model.network = .residual(width: 3, blocks: 2)
    var configuration = TinyRun.configuration
    configuration.model = model
    configuration.moments = DataMoments(Matrix<Float>([[1, 2], [3, 5], [2, 2]]))
    return [TinyRun.configuration, configuration]
  }()

  /// Builds the model of a configuration that was read, and samples from it.
  private func use(_ configuration: RunConfiguration) throws {
    let limits = (parameters: 10_000, dimension: 100, steps: 1000)
    guard let parameters = configuration.parameterCount, parameters < limits.parameters,
      configuration.model.dimension < limits.dimension,
      configuration.model.process.schedule?.steps ?? 0 < limits.steps
    else { return }
    let model = try configuration.makeModel()
    let sampler = Sampler(
      model, steps: min(3, model.process.defaultSteps), fromMoments: model.moments != nil)
    #expect(sampler.sample(count: 2, seed: 1).rows == 2)
    _ = model.process.level(at: 0.5 * 0x1p-40)
    _ = model.process.level(at: 1 - 0x1p-53)
  }

  @Test(arguments: 0..<6, configurations.indices)
  func configurationIsReadOrRefused(seed: Int, _ index: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    let bytes = try Self.configurations[index].json()
    let numbers = [
      "0", "-1", "1", "9223372036854775807", "-9223372036854775808", "18446744073709551615",
      "1e400", "1e19", "0.5", "1048576", "[]", "{}", "null", "\"\"", "true", "[[[[]]]]",
    ]
    var (taken, refused) = (0, 0)
    for _ in 0..<500 {
      var damaged = bytes
      if random.below(2) == 0 {
        damage(&damaged, &random)
      } else {
        // Replacing a digit by another token often keeps the file valid JSON.
        let digits = damaged.indices.filter { (0x30...0x39).contains(damaged[$0]) }
        let place = digits[random.below(digits.count)]
        damaged.replaceSubrange(
          place...place, with: numbers[random.below(numbers.count)].utf8)
      }
      do throws(CheckpointError) {
        let configuration = try RunConfiguration(json: damaged)
        #expect(try RunConfiguration(json: configuration.json()) == configuration)
        if let problem = Result(catching: { try use(configuration) }).failure {
          Issue.record("\(configuration): \(problem)")
        }
        taken += 1
      } catch {
        #expect(!error.description.isEmpty && !error.description.contains("\n"))
        refused += 1
      }
    }
    #expect(refused > 200 && taken > 20, "\(refused) refused, \(taken) taken")
  }

  @Test(arguments: ["model", "training"], 0..<4)
  func checkpointIsReadOrRefused(name: String, seed: Int) throws {
    try TinyRun.inFolder { folder in
      try TinyRun.save(in: folder, steps: 4)
      let path = "\(folder.path)/\(name).safetensors"
      let bytes = try AtomicFile.read(path, sizeLimit: 1 << 20)
      let header = 8 + Int(bytes[0]) + Int(bytes[1]) << 8
      var random = SplitMix(state: UInt64(100 + seed))
      var (taken, refused) = (0, 0)
      for _ in 0..<250 {
        var damaged = bytes
        switch random.below(3) {
        case 0: damage(&damaged, &random)
        case 1:  // A digit of the header, in a shape, an offset or a number of steps.
          let digits = (8..<header).filter { (0x30...0x39).contains(damaged[$0]) }
          damaged[digits[random.below(digits.count)]] = UInt8(0x30 + random.below(10))
        default:  // An element.
          damaged[header + random.below(bytes.count - header)] = UInt8(random.below(256))
        }
        // Do not write atomically: flushing to disk would take most of the time.
        try Data(damaged).write(to: URL(fileURLWithPath: path))
        do throws(CheckpointError) {
          try load(name, folder)
          taken += 1
        } catch {
          #expect(error.description.hasPrefix(path), "\(error)")
          #expect(!error.description.contains("\n"))
          refused += 1
        }
      }
      #expect(refused > 60 && taken > 20, "\(refused) refused, \(taken) taken")
    }
  }

  private func load(_ name: String, _ folder: RunFolder) throws(CheckpointError) {
    if name == "model" {
      let model = try folder.load().model
      #expect(model.network.parameters.flat.isFinite)
    } else {
      let (state, progress) = try folder.training(TinyRun.configuration)
      #expect(progress.steps == 4)
      #expect(state.optimizer.secondMoments.flat.isFinite)
    }
  }

  /// Changes, inserts, removes and repeats some bytes.
  private func damage(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    for _ in 0..<random.below(3) + 1 {
      let place = random.below(bytes.count)
      switch random.below(5) {
      case 0: bytes[place] = UInt8(random.below(256))
      case 1: bytes.insert(UInt8(random.below(256)), at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes[place] ^= 1 << UInt8(random.below(8))
      default:
        let end = min(place + random.below(20), bytes.count)
        bytes.insert(contentsOf: Array(bytes[place..<end]), at: random.below(bytes.count))
      }
    }
  }
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let error) = self { error } else { nil }
  }
}
