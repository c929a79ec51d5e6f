import LinearAlgebra

/// Returns the Kolmogorov-Smirnov statistic: √n times the largest distance between the distribution of
/// `values` and U(0, 1). It exceeds 1.95 by chance once in a thousand times.
func uniformityDistance(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let count = Double(sorted.count)
  var distance = 0.0
  for (index, value) in sorted.enumerated() {
    distance = max(
      distance, abs(value - Double(index) / count), abs(value - Double(index + 1) / count))
  }
  return distance * count.squareRoot()
}

/// Returns by how many standard deviations χ² of `counts` exceeds its mean, for expected counts of five
/// or more.
func excessOfChiSquared(_ counts: [Int], expected: [Double]) -> Double {
  var sum = 0.0
  for (count, mean) in zip(counts, expected) {
    sum += (Double(count) - mean) * (Double(count) - mean) / mean
  }
  let freedom = Double(counts.count - 1)
  return (sum - freedom) / (2 * freedom).squareRoot()
}

/// Returns the same for counts with equal expectations.
func excessOfChiSquared(_ counts: [Int]) -> Double {
  let mean = Double(counts.reduce(0, +)) / Double(counts.count)
  return excessOfChiSquared(counts, expected: counts.map { _ in mean })
}

extension Matrix<Float> {
  /// Row `row` as a point of the plane.
  func point(_ row: Int) -> SIMD2<Double> { SIMD2(Double(self[row, 0]), Double(self[row, 1])) }

  /// All rows as points of the plane.
  var points: [SIMD2<Double>] { (0..<rows).map(point) }
}
