#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Dataset {
  /// Two circles around one center, of radius 1 and 1/2.
  ///
  /// They are scikit-learn's `make_circles` with `factor=0.5`, but with random angles instead of evenly spaced ones:
  ///
  ///     t ~ U(0, 2π), r = 1 or 1/2, half each;  (x, y) = r (cos t, sin t) + noise · N(0, I)
  public static let circles = Dataset(
    plane: "circles", summary: "two circles, one inside the other", defaultNoise: 0.03
  ) { u, z, noise in
    let t = 2 * Double.pi * u.y
    return (u.x < 0.5 ? 1 : 0.5) * SIMD2(cos(t), sin(t)) + noise * z
  }
}
