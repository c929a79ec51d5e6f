#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Dataset {
  /// The dark squares of a board of four by four: uniform on 8 of the 16 unit squares of [-2, 2]².
  ///
  ///     x ~ U(-2, 2), y ~ U over those squares of x's column with even ⌊x⌋ + ⌊y⌋,  + noise · N(0, I)
  ///
  /// Without noise, the density is 1/8 on these squares. With noise, the density of each square is a product of two
  /// differences of normal distribution functions.
  public static let checkerboard = Dataset(
    plane: "checkerboard", summary: "eight squares of a board of four by four", defaultNoise: 0,
    logDensity: { point, noise in
      var sum = 0.0
      for column in 0..<4 {
        for row in stride(from: column % 2, to: 4, by: 2) {
          let (left, bottom) = (Double(column - 2), Double(row - 2))
          sum +=
            uniformDensity(at: point.x, on: left..<left + 1, noise: noise)
            * uniformDensity(at: point.y, on: bottom..<bottom + 1, noise: noise)
        }
      }
      return log(sum / 8)
    },
    point: { u, z, noise in
      let x = 4 * u.x
      // The two squares of the column, one behind the other, then moved to their places.
      let y = 2 * u.y
      let row = 2 * y.rounded(.down) + x.rounded(.down).truncatingRemainder(dividingBy: 2)
      return SIMD2(x - 2, row + y - y.rounded(.down) - 2) + noise * z
    })
}
