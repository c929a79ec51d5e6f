#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Dataset {
  /// The letter S, from two three-quarter circles.
  ///
  /// It is scikit-learn's `make_s_curve`, coordinates 0 and 2:
  ///
  ///     t ~ U(-3π/2, 3π/2);  (x, y) = (sin t, sign(t) (cos t - 1)) + noise · N(0, I)
  public static let sCurve = Dataset(
    plane: "s-curve", summary: "the letter S", defaultNoise: 0.05
  ) { u, z, noise in
    let t = 3 * Double.pi * (u.x - 0.5)
    return SIMD2(sin(t), t < 0 ? 1 - cos(t) : cos(t) - 1) + noise * z
  }
}
