#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Dataset {
  /// Five arms that bend as they leave the center.
  ///
  /// It is the pinwheel of Johnson et al. 2016 (arXiv 1603.06277) before its enlargement. The noise is the standard
  /// deviation across an arm; along an arm, the standard deviation is 0.3.
  ///
  ///     r ~ N(1, 0.3²), s ~ N(0, noise²), k uniform on {0, …, 4}, a = 2πk/5 + 0.25 eʳ
  ///     (x, y) = (r cos a + s sin a, s cos a - r sin a)
  public static let pinwheel = Dataset(
    plane: "pinwheel", summary: "five arms that bend as they leave the center", defaultNoise: 0.05
  ) { u, z, noise in
    let (r, s) = (1 + 0.3 * z.x, noise * z.y)
    let arm = (u.x * 5).rounded(.down)
    let angle = 2 * Double.pi * arm / 5 + 0.25 * exp(r)
    return SIMD2(r * cos(angle) + s * sin(angle), s * cos(angle) - r * sin(angle))
  }
}
