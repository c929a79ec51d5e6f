#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Dataset {
  /// Two interleaved half circles.
  ///
  /// They are scikit-learn's `make_moons`, but with random angles instead of evenly spaced ones, so that a point does
  /// not depend on the number of points:
  ///
  ///     t ~ U(0, π);  (x, y) = (cos t, sin t) or (1 - cos t, 1/2 - sin t), half each,
  ///     + noise · N(0, I)
  public static let moons = Dataset(
    plane: "moons", summary: "two interleaved half circles", defaultNoise: 0.05
  ) { u, z, noise in
    let t = Double.pi * u.y
    let outer = SIMD2(cos(t), sin(t))
    return (u.x < 0.5 ? outer : SIMD2(1, 0.5) - outer) + noise * z
  }
}
