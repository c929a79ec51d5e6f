import LangevinPreconditions
import LangevinThreading
import LinearAlgebra

/// The squared Euclidean distances from a point to each of a set of points, in `Double`.
struct SquaredDistances: Sendable {
  /// The number of points.
  let count: Int
  private let dimension: Int
  /// The coordinates, axis by axis, so that a loop over the points reads memory in order.
  private let coordinates: [Double]

  /// Creates distances to the rows of `points`.
  init(to points: Matrix<Float>) {
    count = points.rows
    dimension = points.columns
    coordinates = (0..<points.columns).flatMap { axis in
      (0..<points.rows).map { Double(points[$0, axis]) }
    }
  }

  /// Overwrites `distances` with the squared distances from `point` to the points in `range`.
  func fill(
    _ distances: UnsafeMutableBufferPointer<Double>, from point: Span<Float>, to range: Range<Int>
  ) {
    require(
      point.count == dimension && distances.count == range.count
        && range.lowerBound >= 0 && range.upperBound <= count,
      "SquaredDistances: \(distances.count) places for points \(range) of \(count)")
    unsafe distances.update(repeating: 0)
    unsafe coordinates.withUnsafeBufferPointer { coordinates in
      for axis in 0..<dimension {
        let start = axis * count + range.lowerBound
        let x = Double(point[axis])
        for index in 0..<range.count {
          let difference = unsafe coordinates[start + index] - x
          unsafe distances[index] += difference * difference
        }
      }
    }
  }

  /// Returns Σᵢⱼ f(‖xᵢ − yⱼ‖²) over all rows xᵢ of `x` and yⱼ of `y`.
  static func sum(
    _ x: Matrix<Float>, _ y: Matrix<Float>, pool: ThreadPool,
    of function: @escaping @Sendable (Double) -> Double
  ) -> Double {
    let targets = SquaredDistances(to: y)
    return pool.mapRows(x.rows, runsOf: 64) { rows in
      targets.sums(from: x, rows, to: { _ in 0..<targets.count }, of: function)
    }.reduce(0, +)
  }

  /// Returns Σᵢ≠ⱼ f(‖xᵢ − xⱼ‖²), counting each pair in both orders.
  static func sumWithin(
    _ x: Matrix<Float>, pool: ThreadPool, of function: @escaping @Sendable (Double) -> Double
  ) -> Double {
    let targets = SquaredDistances(to: x)
    return 2
      * pool.mapRows(x.rows, runsOf: 64) { rows in
        targets.sums(from: x, rows, to: { $0 + 1..<targets.count }, of: function)
      }.reduce(0, +)
  }

  private func sums(
    from points: Matrix<Float>, _ rows: Range<Int>, to range: (Int) -> Range<Int>,
    of function: (Double) -> Double
  ) -> [Double] {
    unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { memory in
      rows.map { row in
        let range = range(row)
        let distances = unsafe UnsafeMutableBufferPointer(rebasing: memory[0..<range.count])
        unsafe fill(distances, from: points.row(row), to: range)
        var sum = 0.0
        for index in 0..<range.count { sum += function(unsafe distances[index]) }
        return sum
      }
    }
  }
}
