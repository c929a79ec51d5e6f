import LinearAlgebra

/// The weighted mean of chosen points, in `Double`, with the memory to compute it.
struct NearbyPoints {
  /// The rows of the chosen points.
  private var rows: [Int] = []
  private var weights: [Double] = []
  private var state: [Double]
  private var mean: [Double]

  init(dimension: Int) {
    state = Array(repeating: 0, count: dimension)
    mean = state
  }

  /// Chooses all of `count` points.
  mutating func chooseAll(_ count: Int) {
    rows.removeAll(keepingCapacity: true)
    rows.append(contentsOf: 0..<count)
    makeRoom()
  }

  /// Chooses each of `count` points whose logit is `least` or more.
  mutating func choose(_ logits: UnsafePointer<Float>, _ count: Int, from least: Float) {
    rows.removeAll(keepingCapacity: true)
    for i in 0..<count where unsafe logits[i] >= least { rows.append(i) }
    makeRoom()
  }

  private mutating func makeRoom() {
    if weights.count < rows.count {
      weights.append(contentsOf: repeatElement(0, count: rows.count - weights.count))
    }
  }

  /// Writes D of a state, computed from the chosen points, to `target`, and returns tr Cov[x₀ | x].
  mutating func denoise(
    _ row: MatrixHandle<Float>, _ points: MatrixHandle<Float>, at level: NoiseLevel,
    into target: MatrixHandle<Float>
  ) -> Double {
    let columns = points.columns
    for j in 0..<columns {
      state[j] = unsafe Double(row.base[j])
      mean[j] = 0
    }
    var least = Double.infinity
    for i in rows.indices {
      let point = unsafe points.base + rows[i] * columns
      var distance = 0.0
      for j in 0..<columns {
        let difference = unsafe state[j] - level.alpha * Double(point[j])
        distance += difference * difference
      }
      weights[i] = distance
      least = min(least, distance)
    }
    var sum = 0.0
    let variance = level.sigma * level.sigma
    for i in rows.indices {
      // The nearest point keeps its weight however little noise there is.
      let excess = weights[i] - least
      let weight = excess == 0 ? 1 : exponential(-0.5 * excess / variance)
      weights[i] = weight
      if weight == 0 { continue }
      sum += weight
      let point = unsafe points.base + rows[i] * columns
      for j in 0..<columns { unsafe mean[j] += weight * Double(point[j]) }
    }
    for j in 0..<columns {
      mean[j] /= sum
      unsafe target.base[j] = Float(mean[j])
    }
    var spread = 0.0
    for i in rows.indices where weights[i] > 0 {
      let point = unsafe points.base + rows[i] * columns
      var distance = 0.0
      for j in 0..<columns {
        let difference = unsafe Double(point[j]) - mean[j]
        distance += difference * difference
      }
      spread += weights[i] * distance
    }
    return spread / sum
  }
}
