import LangevinKernelTable
import LinearAlgebra

/// A worker that denoises states by a set of points, one group of states at a time.
final class EmpiricalWorker: DivergenceWorker {
  /// The largest relative rounding error of a weight for which `Float` suffices.
  private static let tolerance = 3e-4
  /// The number of points in a chunk. Points are summed in `Float` within a chunk, and chunks in `Double`.
  private static let chunkRows = 512

  private let denoiser: EmpiricalDenoiser
  private let engine: Engine
  /// α/σ² x and -α²/σ², for each state of a group.
  private var factors: Matrix<Float>
  /// First ln w of each state and point, up to a constant for each state; then w.
  private var logits: Matrix<Float>
  private var partialSums: Matrix<Float>
  /// Σ w x, Σ w ‖x‖², Σ w for each state of the group.
  private var sums: [Double]
  private var nearby: NearbyPoints

  init(_ denoiser: EmpiricalDenoiser, engine: Engine) {
    self.denoiser = denoiser
    self.engine = engine
    let (count, columns) = (denoiser.points.rows, denoiser.points.columns)
    // The logits of a group fit the second-level cache unless there are too many points.
    let rows = max(1, min(64, (1 << 17) / count))
    factors = Matrix<Float>(rows: rows, columns: columns + 1)
    logits = Matrix<Float>(rows: rows, columns: count)
    partialSums = Matrix<Float>(rows: rows, columns: columns + 2)
    sums = Array(repeating: 0, count: rows * (columns + 2))
    nearby = NearbyPoints(dimension: columns)
  }

  func denoise(
    _ states: MatrixView<Float>, at level: NoiseLevel, into denoised: inout MutableMatrixView<Float>
  ) {
    let (states, denoised) = (states.handle, denoised.handle)
    run(states, at: level, into: denoised) { _, _ in }
  }

  func denoise(
    _ states: MatrixView<Float>, at level: NoiseLevel,
    into denoised: inout MutableMatrixView<Float>,
    divergences: inout [Double]
  ) {
    let (states, denoised) = (states.handle, denoised.handle)
    checkDivergences(divergences, states)
    // With almost no noise α/σ² may overflow. A single point has no spread.
    let factor = level.alpha / (level.sigma * level.sigma)
    run(states, at: level, into: denoised) { row, spread in
      divergences[row] = spread > 0 && factor.isFinite ? factor * spread : 0
    }
  }

  /// Denoises all states, and passes each row and its tr Cov[x₀ | x] to `visit`.
  private func run(
    _ states: MatrixHandle<Float>, at level: NoiseLevel, into denoised: MatrixHandle<Float>,
    visit: (Int, Double) -> Void
  ) {
    checkShapes(states, denoised, dimension: denoiser.dimension)
    for first in stride(from: 0, to: states.rows, by: factors.rows) {
      let rows = first..<min(states.rows, first + factors.rows)
      let (group, target) = (states.rows(rows), denoised.rows(rows))
      var errors = [Double](repeating: .infinity, count: rows.count)
      for row in 0..<rows.count { errors[row] = formFactors(group, row, at: level) }
      if errors.contains(where: \.isFinite) { formLogits(rows.count) }
      if errors.contains(where: { $0 <= Self.tolerance }) { formSums(rows.count, errors) }
      for row in 0..<rows.count {
        let spread =
          errors[row] <= Self.tolerance
          ? takeSums(row, into: target)
          : denoiseInDouble(group, row, at: level, errors[row], target)
        visit(first + row, spread)
      }
    }
  }

  /// Prepares the logits of a state, and returns the bound of their rounding error; ∞ where rounding makes
  /// them useless.
  private func formFactors(_ group: MatrixHandle<Float>, _ row: Int, at level: NoiseLevel) -> Double
  {
    let columns = group.columns
    let precision = 1 / (level.sigma * level.sigma)
    var square = 0.0
    for j in 0..<columns {
      let value = unsafe Double(group.base[row * group.stride + j])
      square += value * value
    }
    let scaled = level.alpha * precision
    let terms =
      scaled * denoiser.radius * (square.squareRoot() + 0.5 * level.alpha * denoiser.radius)
    let error = Double(columns + 4) * 0x1p-24 * terms
    // With a larger error, the logits could not rule out any point.
    let isUsable = error < 1e3
    for j in 0..<columns {
      factors[row, j] =
        isUsable ? unsafe Float(scaled * Double(group.base[row * group.stride + j])) : 0
    }
    factors[row, columns] = isUsable ? Float(-level.alpha * scaled) : 0
    return isUsable ? error : .infinity
  }

  private func formLogits(_ rows: Int) {
    factors.withHandle { factors in
      denoiser.logitColumns.withHandle { points in
        logits.withMutableHandle {
          $0.rows(0..<rows).formProduct(
            factors.rows(0..<rows), points, transposeB: true, engine: engine)
        }
      }
    }
  }

  /// Turns logits into weights and sums the weights, in the rows where `Float` suffices.
  private func formSums(_ rows: Int, _ errors: [Double]) {
    let width = partialSums.columns
    for i in sums.indices { sums[i] = 0 }
    logits.withMutableHandle { logits in
      for row in 0..<rows where errors[row] <= Self.tolerance {
        let start = unsafe logits.base + row * logits.stride
        let largest = unsafe largestElement(start, logits.columns)
        // The largest weight is 1.
        for i in 0..<logits.columns { unsafe start[i] -= largest }
        unsafe engine.floats.exponential(logits.columns, start, start)
      }
    }
    logits.withHandle { weights in
      denoiser.sumColumns.withHandle { points in
        for first in stride(from: 0, to: points.rows, by: Self.chunkRows) {
          let chunk = first..<min(points.rows, first + Self.chunkRows)
          partialSums.withMutableHandle {
            $0.rows(0..<rows).formProduct(
              weights.rows(0..<rows).columns(chunk), points.rows(chunk), engine: engine)
          }
          let partial = partialSums.elements
          for i in 0..<rows * width { sums[i] += Double(partial[i]) }
        }
      }
    }
  }

  /// Writes the estimate of `row` from its sums, and returns tr Cov[x₀ | x].
  private func takeSums(_ row: Int, into target: MatrixHandle<Float>) -> Double {
    let columns = target.columns
    let first = row * (columns + 2)
    let sum = sums[first + columns + 1]
    var spread = sums[first + columns] / sum
    for j in 0..<columns {
      let value = sums[first + j] / sum
      spread -= value * value
      unsafe target.base[row * target.stride + j] = Float(value)
    }
    return max(0, spread)
  }

  /// Writes the estimate of `row` from the points that can have a weight, and returns tr Cov[x₀ | x].
  private func denoiseInDouble(
    _ group: MatrixHandle<Float>, _ row: Int, at level: NoiseLevel, _ error: Double,
    _ target: MatrixHandle<Float>
  ) -> Double {
    logits.withHandle { logits in
      let start = unsafe logits.base + row * logits.stride
      if error == .infinity {
        nearby.chooseAll(logits.columns)
      } else {
        // The omitted points have at most e⁻¹⁷ of the total weight.
        let margin = 17 + logarithm(Double(logits.columns)) + 2 * error
        let least = unsafe Double(largestElement(start, logits.columns)) - margin
        unsafe nearby.choose(start, logits.columns, from: Float(least).nextDown)
      }
    }
    return denoiser.points.withHandle { points in
      nearby.denoise(group.rows(row..<row + 1), points, at: level, into: target.rows(row..<row + 1))
    }
  }
}

/// Returns the largest of `count` numbers. `count` must be at least 1.
private func largestElement(_ numbers: UnsafePointer<Float>, _ count: Int) -> Float {
  // Eight at a time: the compiler may not reorder the comparisons, and one at a time would be slow.
  var lanes = unsafe SIMD8<Float>(repeating: numbers[0])
  var i = 0
  while i + 8 <= count {
    let next = unsafe UnsafeRawPointer(numbers + i).loadUnaligned(as: SIMD8<Float>.self)
    lanes.replace(with: next, where: next .> lanes)
    i += 8
  }
  var largest = lanes.max()
  while i < count {
    largest = unsafe max(largest, numbers[i])
    i += 1
  }
  return largest
}
