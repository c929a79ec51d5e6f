public import LinearAlgebra

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The swiss roll, seen from the side: a spiral of one and a half turns in the plane.
///
/// scikit-learn's `make_swiss_roll`, coordinates 0 and 2, divided by 10, with our generator:
///
///     t = 1.5 π (1 + 2u), u ~ U(0, 1);  (x, z) = ((t cos t, t sin t) + noise · N(0, I)) / 10
public struct SwissRoll: Sendable, Hashable {
  /// How many points.
  public let count: Int
  /// The standard deviation of the noise, before the division by 10.
  public let noise: Float

  /// A roll of `count` points.
  public init(count: Int = 10_000, noise: Float = 1) {
    precondition(count >= 0, "SwissRoll: \(count) is not a number of points")
    self.count = count
    self.noise = noise
  }

  /// The points, count × 2. The first n of a larger roll from the same stream are the roll of n.
  public func points(_ random: RandomStream) -> Matrix {
    // Two streams of the same seed: the angle's and the noise's positions then depend on the
    // point alone.
    let uniform = random.uniform(rows: count, columns: 1)
    let normal = RandomStream(seed: random.seed, stream: random.stream ^ 1 << 40)
      .normal(rows: count, columns: 2)
    return Matrix(rows: count, columns: 2) { row, column in
      let t = 1.5 * Double.pi * (1 + 2 * Double(uniform[row, 0]))
      let coordinate = t * (column == 0 ? cos(t) : sin(t))
      return Float((coordinate + Double(noise) * Double(normal[row, column])) / 10)
    }
  }
}
