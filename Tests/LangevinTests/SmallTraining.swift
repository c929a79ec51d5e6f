import Langevin
import NeuralNetwork
import Testing

/// Data and settings for very short epochs.
enum SmallTraining {
  /// Points on a circle, 200 × 2.
  static let matrix: Matrix<Float> = {
    let random = RandomStream(seed: 5)
    let points = random.normal(rows: 200, columns: 2)
    return Matrix<Float>(rows: 200, columns: 2) { row, column in
      let (x, y) = (points[row, 0], points[row, 1])
      return points[row, column] / (x * x + y * y).squareRoot()
    }
  }()

  static var rows: [[Float]] {
    (0..<matrix.rows).map { row in (0..<matrix.columns).map { matrix[row, $0] } }
  }

  /// Sets a network with two blocks of eight units, and batches of 32 rows.
  static func configure(_ configuration: inout RunConfiguration) {
    configuration.model.network = .residual(width: 8, blocks: 2)
    configuration.training.batchSize = 32
  }

  static func trainer(
    epochs: Int = 3, heldOut: Double = 0, seed: UInt64 = 1, threads: Int? = nil
  ) throws -> Trainer {
    try Trainer(
      on: matrix, epochs: epochs, heldOut: heldOut, seed: seed, threads: threads,
      configure: configure)
  }

  /// A model trained for three epochs.
  static let model = Result { try trainer().runBlocking() }
}

extension GenerativeModel {
  /// The bit patterns of all parameters.
  var bits: [UInt32] { diffusion.network.parameters.flat.bits }
}

extension Matrix<Float> {
  var bits: [UInt32] {
    let elements = elements
    return elements.indices.map { elements[$0].bitPattern }
  }
}

/// The metrics of an epoch without its speed.
struct Told: Equatable {
  let (epoch, step): (Int, Int)
  let (loss, learningRate): (Double, Double)
  let (gradientNorm, heldOutLoss): (Double?, Double?)

  init(_ metrics: EpochMetrics) {
    (epoch, step) = (metrics.epoch, metrics.step)
    (loss, learningRate) = (metrics.loss, metrics.learningRate)
    (gradientNorm, heldOutLoss) = (metrics.gradientNorm, metrics.heldOutLoss)
  }
}
