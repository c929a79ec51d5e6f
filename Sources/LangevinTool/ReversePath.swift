import Diffusion
import LinearAlgebra

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Evenly spaced states of samples on their way from noise to data.
///
/// The position on the way is the angle arctan(σ/α): equal parts of it turn about equally much noise into
/// data. The steps of a sampler are spaced differently; between two of its states, points move in a straight
/// line.
struct ReversePath {
  /// The samples at one noise level.
  struct State {
    /// The index of the sampler's nearest step.
    let step: Int
    /// The noise level σ with α² + σ² = 1: from 1 for pure noise to 0 for the samples.
    let noise: Double
    /// The samples, one per row, scaled to α² + σ² = 1.
    let points: Matrix<Float>
  }

  /// The states, from noise to samples.
  let states: [State]
  /// The number of steps of the sampler.
  let steps: Int

  /// Draws `count` samples, and keeps `length` states of them, at least two.
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
      // The last place is exactly the last state, in spite of rounding in the angles.
      let passed =
        place == length - 1 ? 1 : (angles[index] - angle) / (angles[index] - angles[index + 1])
      let fraction = min(1, max(0, passed))
      return State(
        step: index + (fraction < 0.5 ? 0 : 1), noise: sin(angle),
        points: Self.between(trajectory[index], trajectory[index + 1], fraction))
    }
  }

  private static func between(_ start: Matrix<Float>, _ end: Matrix<Float>, _ fraction: Double)
    -> Matrix<Float>
  {
    if fraction == 0 { return start }
    if fraction == 1 { return end }
    var points = Float(1 - fraction) * start
    points.add(end, scaledBy: Float(fraction))
    return points
  }
}
