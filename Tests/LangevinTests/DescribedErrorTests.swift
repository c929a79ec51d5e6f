import Datasets
import Evaluation
import Foundation
import Langevin
import LangevinErrors
import LangevinFiles
import Plots
import SafeTensors
import Testing

/// The descriptions that programs show for an error known only as `any Error`.
@Suite struct DescribedErrorTests {
  /// One error of each public error type.
  private static let errors: [any Error & CustomStringConvertible] = [
    FileError(path: "a.csv", reason: "it cannot be opened", code: ENOENT),
    FactorizationError.singular(operation: "solve", pivot: 3),
    NPYError.element(row: 0, column: 1, "it is too large"),
    TableError.file(path: "a.csv", .line(2, "it has 3 cells")),
    SafeTensorsError.tensor("a", "it is missing"),
    CheckpointError.format("it is empty"),
    TrainingError.noData,
    divergence,
    LikelihoodError.noPoints,
    EvaluationError.noTrainingSet,
    PlotError.invalidScale(0),
    unknownDataset,
    TrainerError.training(.noLevels),
    SamplingError.count(-1),
  ]

  private static var unknownDataset: any Error & CustomStringConvertible {
    do {
      return CheckpointError.format("there is a data set \(try Dataset.named("moon").name)")
    } catch {
      return error
    }
  }

  private static var divergence: any Error & CustomStringConvertible {
    do {
      let trainer = try Trainer(on: SmallTraining.matrix, epochs: 1000) {
        SmallTraining.configure(&$0)
        $0.training.learningRate = 1e6
        $0.training.maximumGradientNorm = nil
        $0.training.decay = .none
      }
      return CheckpointError.format("\(try trainer.runBlocking().configuration)")
    } catch {
      return error as? Divergence ?? CheckpointError.format("\(error)")
    }
  }

  @Test func localizedDescriptionsAreDescriptions() {
    for error in Self.errors {
      #expect(error.localizedDescription == error.description)
      #expect(error.description.contains(" ") && !error.description.contains("\n"))
    }
    // A new error type must be added above.
    #expect(Set(Self.errors.map { "\(type(of: $0))" }).count == 14)
  }

  /// The list above contains every error type that the sources declare.
  @Test func everyPublicErrorIsDescribed() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")
    let declaration = #/public (?:struct|enum|final class) (\w+):[^{]*\b(?:Described)?Error\b/#
    var names: Set<Substring> = []
    for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    where path.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
      names.formUnion(text.matches(of: declaration).map(\.output.1))
    }
    #expect(names == Set(Self.errors.map { "\(type(of: $0))"[...] }))
  }
}
