import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

extension Distance {
  /// Returns the sliced 2-Wasserstein distance: the root mean square of the one-dimensional distances between
  /// the sets' projections onto random directions u:
  ///
  ///     SW₂² = mean_u ∫ (F⁻¹(q; x·u) − F⁻¹(q; y·u))² dq
  ///
  /// The integral is the mean at q = (i + ½) / `quantiles`, each quantile interpolated linearly between
  /// the sorted points as NumPy's `quantile` does. The sets may differ in size.
  ///
  /// Bonneel et al., "Sliced and Radon Wasserstein barycenters of measures", 2015. All points are used:
  /// O(directions · n (d + 1)).
  ///
  /// - Parameters:
  ///   - samples: The samples, points × d.
  ///   - reference: Real points, points × d.
  ///   - directions: The number of directions, drawn uniformly.
  ///   - quantiles: The number of quantiles.
  ///   - seed: The seed of the directions.
  ///   - threads: The number of threads. It does not change the result.
  public static func slicedWasserstein(
    samples: Matrix<Float>, reference: Matrix<Float>, directions: Int = 256, quantiles: Int = 1000,
    seed: UInt64 = 0,
    threads: Int = 1
  ) throws(EvaluationError) -> Double {
    require(
      directions > 0 && quantiles > 0,
      "sliced W2: \(directions) directions, \(quantiles) quantiles must both be positive")
    let pool = ThreadPool(threads: threads)
    try PointSets.check(samples: samples, reference: reference, for: "sliced W2")
    let normal = EvaluationStream.directions.stream(seed: seed)
      .normal(rows: directions, columns: samples.columns)
    let squares = pool.mapRows(directions, runsOf: 8) { rows in
      var samples = Projection(samples, quantiles: quantiles)
      var reference = Projection(reference, quantiles: quantiles)
      return rows.map { row in
        let direction = unit(normal.row(row))
        samples.project(on: direction)
        reference.project(on: direction)
        var sum = 0.0
        for (a, b) in zip(samples.quantiles, reference.quantiles) { sum += (a - b) * (a - b) }
        return sum / Double(quantiles)
      }
    }
    return (squares.reduce(0, +) / Double(directions)).squareRoot()
  }

  private static func unit(_ vector: Span<Float>) -> [Double] {
    var unit = vector.indices.map { Double(vector[$0]) }
    let norm = unit.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for index in unit.indices { unit[index] /= norm }
    return unit
  }
}

/// The quantiles of points along a direction.
private struct Projection {
  private let points: Matrix<Float>
  private var sorted: [Float]
  private var sort = RadixSort()
  private(set) var quantiles: [Double]

  init(_ points: Matrix<Float>, quantiles: Int) {
    self.points = points
    sorted = Array(repeating: 0, count: points.rows)
    self.quantiles = Array(repeating: 0, count: quantiles)
  }

  mutating func project(on direction: [Double]) {
    // A local copy: a span of `self.points` would forbid changes to the other properties.
    let points = points
    Self.project(points.elements, on: direction, to: &sorted)
    sort.sort(&sorted)
    for index in quantiles.indices {
      let place = (Double(index) + 0.5) / Double(quantiles.count) * Double(sorted.count - 1)
      let below = Int(place)
      let lower = Double(sorted[below])
      let upper = Double(sorted[min(below + 1, sorted.count - 1)])
      quantiles[index] = lower + (upper - lower) * (place - Double(below))
    }
  }

  private static func project(
    _ elements: Span<Float>, on direction: [Double], to products: inout [Float]
  ) {
    var next = 0
    for row in products.indices {
      var sum = 0.0
      for column in direction.indices { sum += Double(elements[next + column]) * direction[column] }
      products[row] = Float(sum)
      next += direction.count
    }
  }
}
