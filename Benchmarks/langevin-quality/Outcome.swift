import Evaluation
import LinearAlgebra

/// What a trial gave.
struct Outcome: Encodable {
  let name: String
  let seed: UInt64
  /// Width and depth of the network.
  let width: Int
  let blocks: Int
  /// Steps of training, and the seconds that they took.
  let steps: Int
  let seconds: Double
  /// The seconds that all samples took.
  let samplingSeconds: Double
  /// How often the network was asked for each sample.
  let evaluations: Int
  let comparisons: [Comparison]
  /// What others have published, in the unit of the one measure.
  let published: Double?

  /// Whether samples are as near to the data as was hoped for: C2ST at most .01 above its floor, sliced W2 at most
  /// 1.5 times its floor, and a third of what was published.
  var isWithinBars: Bool {
    comparisons.allSatisfy { comparison in
      let (value, floor) = (comparison.value.mean, comparison.floor.mean)
      return switch comparison.measure {
      case .c2st: value <= floor + 0.01
      case .slicedW2: value <= 1.5 * floor
      case .knnKL: value <= (published ?? .infinity) / 3
      default: true
      }
    }
  }

  /// All in a line.
  var line: String {
    let values = comparisons.map { comparison in
      let training = comparison.training.map { ", training data \($0.mean.fixed(4))" } ?? ""
      return "\(comparison.measure.rawValue) \(comparison.value.mean.fixed(4))"
        + " (floor \(comparison.floor.mean.fixed(4))\(training))"
    }
    return "\(name), seed \(seed), \(seconds.fixed(1)) s: " + values.joined(separator: ", ")
  }
}

/// A measure of samples beside its floor, each over several sets of real points.
struct Comparison: Encodable {
  let measure: Measure
  let value: Spread
  let floor: Spread
  /// The same of the training points in place of samples. A model that knows no more than these cannot be
  /// expected to do better; nil if it was not measured.
  var training: Spread?
}
