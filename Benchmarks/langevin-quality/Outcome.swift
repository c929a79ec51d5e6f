import Evaluation
import LinearAlgebra

/// The result of a trial.
struct Outcome: Encodable {
  let name: String
  let seed: UInt64
  /// The width and the number of blocks of the network.
  let width: Int
  let blocks: Int
  /// The number of training steps, and their duration in seconds.
  let steps: Int
  let seconds: Double
  /// The duration of sampling, in seconds.
  let samplingSeconds: Double
  /// The number of network evaluations for each sample.
  let evaluations: Int
  let comparisons: [Comparison]
  /// The published value, in the unit of the only measure; nil if there is no published value.
  let published: Double?

  /// Whether the samples are within the bars.
  ///
  /// The bars are: C2ST at most 0.01 above its floor, sliced W2 at most 1.5 times its floor, and k-NN KL at
  /// most a third of the published value.
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

  /// A summary in one line.
  var line: String {
    let values = comparisons.map { comparison in
      let training = comparison.training.map { ", training data \($0.mean.fixed(4))" } ?? ""
      return "\(comparison.measure.rawValue) \(comparison.value.mean.fixed(4))"
        + " (floor \(comparison.floor.mean.fixed(4))\(training))"
    }
    return "\(name), seed \(seed), \(seconds.fixed(1)) s: " + values.joined(separator: ", ")
  }
}

/// A measure of the samples and its floor, each over several sets of real points.
struct Comparison: Encodable {
  let measure: Measure
  let value: Spread
  let floor: Spread
  /// The measure of the training points instead of samples; nil if not measured.
  ///
  /// A model that knows only these points cannot be expected to do better.
  var training: Spread?
}
