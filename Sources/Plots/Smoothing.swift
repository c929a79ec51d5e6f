/// Lines without the noise of their points.
package enum Smoothing {
  /// The running median of `values`, smoothed by a running mean: spikes leave no trace.
  ///
  /// At the beginning, where a loss falls steeply, the windows shrink with the distance from it;
  /// at the end they lose only the half that is not there.
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
