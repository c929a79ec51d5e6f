#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Dataset {
  /// The swiss roll seen from the side: a spiral of one and a half turns.
  ///
  /// It is scikit-learn's `make_swiss_roll`, coordinates 0 and 2, divided by 10. The noise is added before the division:
  ///
  ///     t = 1.5 π (1 + 2u), u ~ U(0, 1);  (x, y) = ((t cos t, t sin t) + noise · N(0, I)) / 10
  public static let swissRoll = Dataset(
    plane: "swiss-roll", summary: "a spiral of one and a half turns", defaultNoise: 1
  ) { u, z, noise in
    let t = 1.5 * Double.pi * (1 + 2 * u.x)
    return (SIMD2(t * cos(t), t * sin(t)) + noise * z) / 10
  }
}
