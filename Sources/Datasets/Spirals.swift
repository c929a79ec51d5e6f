#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Dataset {
  /// Two spirals of one and a half turns around one center, half a turn apart.
  ///
  /// They are those of FFJORD (Grathwohl et al. 2019, arXiv 1810.01367), without the uniform noise that FFJORD adds
  /// before the division:
  ///
  ///     t = 3π √u, u ~ U(0, 1);  (x, y) = ± (-t cos t, t sin t) / 3 + noise · N(0, I)
  public static let spirals = Dataset(
    plane: "spirals", summary: "two spirals, half a turn apart", defaultNoise: 0.1
  ) { u, z, noise in
    let t = 3 * Double.pi * u.y.squareRoot()
    return (u.x < 0.5 ? 1 : -1) * SIMD2(-t * cos(t), t * sin(t)) / 3 + noise * z
  }
}
