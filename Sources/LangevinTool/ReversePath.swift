import Diffusion
import LinearAlgebra

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// States of samples on their way from noise to data, evenly spaced along it.
///
/// The way is measured by the angle arctan(σ/α), of which each part turns about as much noise into
/// data. A sampler's own steps are spaced otherwise; between two of its states, points go in a
/// straight line.
struct ReversePath {
  /// Where the samples are at one level of noise.
  struct State {
    /// The number of the sampler's step that is nearest.
    let step: Int
    /// σ where variance is preserved: from 1, nothing but noise, to 0, the samples.
    let noise: Double
    /// One sample per row, scaled to where variance is preserved.
    let points: Matrix
  }

  /// From noise to samples.
  let states: [State]
  /// How many steps the sampler takes.
  let steps: Int

  /// `length` states, two at least, of `count` samples.
  init(
    _ sampler: Sampler, count: Int, length: Int, seed: UInt64, threads: Int, engine: Engine
  ) {
    let trajectory = sampler.trajectory(
      count: count, seed: seed, threads: threads, engine: engine)
    let angles = sampler.levels.map { atan2($0.sigma, $0.alpha) }
    let (first, last) = (angles[0], angles[angles.count - 1])
    steps = sampler.steps
    var index = 0
    states = (0..<length).map { place in
      let angle = first + (last - first) * Double(place) / Double(length - 1)
      while index + 2 < angles.count && angles[index + 1] > angle { index += 1 }
      // The last place is the last state, whatever rounding makes of its angle.
      let passed =
        place == length - 1 ? 1 : (angles[index] - angle) / (angles[index] - angles[index + 1])
      let fraction = min(1, max(0, passed))
      return State(
        step: index + (fraction < 0.5 ? 0 : 1), noise: sin(angle),
        points: Self.between(trajectory[index], trajectory[index + 1], fraction))
    }
  }

  private static func between(_ start: Matrix, _ end: Matrix, _ fraction: Double) -> Matrix {
    if fraction == 0 { return start }
    if fraction == 1 { return end }
    var points = Float(1 - fraction) * start
    points.add(end, scaledBy: Float(fraction))
    return points
  }
}
