/// Smoothing of noisy lines.
package enum Smoothing {
  /// Returns the running median of `values`, smoothed by a running mean, which removes spikes.
  ///
  /// Near the beginning, where a loss falls steeply, the windows shrink symmetrically to fit. Near the
  /// end, they lose only the part beyond the last value.
  package static func smooth(_ values: [Double]) -> [Double] {
    let radius = min(25, values.count / 40)
    if radius == 0 { return values }
    let medians = windows(values, radius: radius) { window in
      let sorted = window.sorted()
      let upper = sorted[sorted.count / 2]
      return sorted.count.isMultiple(of: 2)
        ? sorted[sorted.count / 2 - 1] / 2 + upper / 2 : upper
    }
    return windows(medians, radius: radius) { window in
      window.reduce(0) { $0 + $1 / Double(window.count) }
    }
  }

  private static func windows(
    _ values: [Double], radius: Int, _ summary: (ArraySlice<Double>) -> Double
  ) -> [Double] {
    values.indices.map { index in
      let before = min(radius, index)
      let after = min(index < radius ? before : radius, values.count - 1 - index)
      return summary(values[index - before...index + after])
    }
  }
}
