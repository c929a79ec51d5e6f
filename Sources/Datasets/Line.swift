#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Dataset {
  /// A broad upright line: uniform on [-2, 2] × [-4, 4], as tiny-diffusion's "line".
  ///
  ///     x ~ U(-2, 2), y ~ U(-4, 4),  + noise · N(0, I)
  ///
  /// Without noise, the density is 1/32 on the rectangle.
  public static let line = Dataset(
    plane: "line", summary: "a rectangle, uniform on [-2, 2] × [-4, 4]", defaultNoise: 0,
    logDensity: { point, noise in
      log(
        uniformDensity(at: point.x, on: -2..<2, noise: noise)
          * uniformDensity(at: point.y, on: -4..<4, noise: noise))
    },
    point: { u, z, noise in SIMD2(4 * u.x - 2, 8 * u.y - 4) + noise * z })
}
