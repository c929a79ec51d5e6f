import LinearAlgebra

/// The terms of the bound, summed over points.
struct BoundSums: Sendable {
  var prior = 0.0
  /// The term of each timestep. That of timestep 0 is the reconstruction.
  var terms: [Double]
  /// The sum of all terms of each point.
  var values: [Double] = []

  init(steps: Int) { terms = Array(repeating: 0, count: steps) }

  mutating func add(_ other: BoundSums) {
    prior += other.prior
    for t in terms.indices { terms[t] += other.terms[t] }
    values += other.values
  }
}

/// A worker that evaluates all timesteps, independently of each other, for one tile of points at a time.
final class BoundWorker {
  private let estimator: BoundEstimator
  private let worker: any DenoisingWorker
  private let points: Matrix<Float>
  private let random: RandomStream
  private let engine: Engine

  init(
    _ estimator: BoundEstimator, _ worker: any DenoisingWorker, _ points: Matrix<Float>,
    _ random: RandomStream, _ engine: Engine
  ) {
    self.estimator = estimator
    self.worker = worker
    self.points = points
    self.random = random
    self.engine = engine
  }

  func evaluate(_ rows: Range<Int>) -> BoundSums {
    let schedule = estimator.schedule
    let columns = points.columns
    let data = points.rows(rows)
    var states = data
    var denoised = data
    var sums = BoundSums(steps: schedule.steps)
    for row in 0..<data.rows {
      let point = data.row(row)
      var square = 0.0
      for j in point.indices { square += Double(point[j]) * Double(point[j]) }
      let prior = estimator.prior(squaredNorm: square, dimension: columns)
      sums.prior += prior
      sums.values.append(prior)
    }
    worker.begin(rows: rows)
    for t in 0..<schedule.steps {
      let level = schedule.level(t)
      RandomStream(seed: random.seed, stream: random.stream &+ UInt64(t))
        .fillNormal(&states, from: UInt64(rows.lowerBound * columns), engine: engine)
      var elements = states.mutableElements
      let exact = data.elements
      for i in exact.indices {
        elements[i] = Float(level.alpha * Double(exact[i]) + level.sigma * Double(elements[i]))
      }
      denoised.withMutableHandle { denoised in
        states.withHandle { worker.denoise($0, at: level, into: denoised) }
      }
      let (constant, factor) = estimator.coefficients(t, dimension: columns)
      let estimate = denoised.elements
      for row in 0..<data.rows {
        var error = 0.0
        for i in row * columns..<(row + 1) * columns {
          let difference = Double(exact[i]) - Double(estimate[i])
          error += difference * difference
        }
        let term = constant + factor * error
        sums.terms[t] += term
        sums.values[row] += term
      }
    }
    return sums
  }
}
