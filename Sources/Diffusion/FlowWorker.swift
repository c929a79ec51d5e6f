import LinearAlgebra

/// A worker that takes tiles of points along the probability flow, from the data to the noise.
final class FlowWorker {
  private let flow: ProbabilityFlow
  private let worker: any DivergenceWorker
  private let points: Matrix<Float>
  private let prior: PriorDensity
  private let dimension: Int
  // The denoiser takes and returns `Float`. Everything else is `Double`.
  private var states = Matrix<Float>(rows: 0, columns: 0)
  private var denoised = Matrix<Float>(rows: 0, columns: 0)
  private var divergences: [Double] = []

  init(
    _ flow: ProbabilityFlow, _ worker: any DivergenceWorker, _ points: Matrix<Float>,
    _ prior: PriorDensity
  ) {
    self.flow = flow
    self.worker = worker
    self.points = points
    self.prior = prior
    dimension = points.columns
  }

  /// Returns ln p(z) at the smallest σ for the points `rows`.
  func logDensities(of rows: Range<Int>) -> [Double] {
    let count = rows.count
    states = Matrix<Float>(rows: count, columns: dimension)
    denoised = states
    divergences = Array(repeating: 0, count: count)
    worker.begin(rows: rows)

    let first = logarithm(flow.minimum)
    let width = (logarithm(flow.maximum) - first) / Double(flow.steps)
    let scale = 1 / (1 + flow.minimum * flow.minimum).squareRoot()
    var z = [Double](repeating: 0, count: count * dimension)
    let points = points
    for row in 0..<count {
      let point = points.row(rows.lowerBound + row)
      for j in 0..<dimension { z[row * dimension + j] = scale * Double(point[j]) }
    }
    // The change of ln p along the flow. The result is ln p at the end minus this change.
    var change = [Double](repeating: 0, count: count)
    var slope = Slope(count: count, dimension: dimension)
    var sum = slope
    var stage = z
    for step in 0..<flow.steps {
      let u = first + Double(step) * width
      evaluate(z, at: u, &slope)
      sum.set(slope)
      stage.form(z, slope.states, width / 2)
      evaluate(stage, at: u + width / 2, &slope)
      sum.add(slope, scaledBy: 2)
      stage.form(z, slope.states, width / 2)
      evaluate(stage, at: u + width / 2, &slope)
      sum.add(slope, scaledBy: 2)
      stage.form(z, slope.states, width)
      evaluate(stage, at: u + width, &slope)
      sum.add(slope, scaledBy: 1)
      for i in z.indices { z[i] += width / 6 * sum.states[i] }
      for row in 0..<count { change[row] += width / 6 * sum.densities[row] }
    }
    return (0..<count).map { row in
      prior.logDensity(of: Array(z[row * dimension..<(row + 1) * dimension])) - change[row]
    }
  }

  /// Writes dz/du and d ln p/du at `z` and `u` to `slope`.
  private func evaluate(_ z: [Double], at u: Double, _ slope: inout Slope) {
    let sigma = exponential(u)
    let level = NoiseLevel(sigma: sigma).variancePreserving
    // 1/√(1 + σ²), and its square.
    let signal = level.alpha
    let kept = signal * signal
    states.withMutableHandle { states in
      for i in z.indices { unsafe states.base[i] = Float(z[i]) }
    }
    states.withHandle { states in
      denoised.withMutableHandle { denoised in
        worker.denoise(states, at: level, into: denoised, divergences: &divergences)
      }
    }
    denoised.withHandle { data in
      // `data` is contiguous, like `z`.
      for i in z.indices { slope.states[i] = unsafe kept * z[i] - signal * Double(data.base[i]) }
    }
    for row in divergences.indices {
      slope.densities[row] = signal * divergences[row] - kept * Double(dimension)
    }
  }
}

/// The derivatives of the states and log-densities with respect to u.
private struct Slope {
  var states: [Double]
  var densities: [Double]

  init(count: Int, dimension: Int) {
    states = Array(repeating: 0, count: count * dimension)
    densities = Array(repeating: 0, count: count)
  }

  mutating func set(_ other: Slope) {
    for i in states.indices { states[i] = other.states[i] }
    for i in densities.indices { densities[i] = other.densities[i] }
  }

  mutating func add(_ other: Slope, scaledBy factor: Double) {
    for i in states.indices { states[i] += factor * other.states[i] }
    for i in densities.indices { densities[i] += factor * other.densities[i] }
  }
}

extension [Double] {
  /// Sets this array to `a + factor b`, element by element.
  fileprivate mutating func form(_ a: [Double], _ b: [Double], _ factor: Double) {
    for i in indices { self[i] = a[i] + factor * b[i] }
  }
}
