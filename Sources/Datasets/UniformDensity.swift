#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Returns the density at x of a number that is uniform on `range`, plus `noise` · N(0, 1):
///
///     (Φ((x - a) / noise) - Φ((x - b) / noise)) / (b - a)
func uniformDensity(at x: Double, on range: Range<Double>, noise: Double) -> Double {
  let length = range.upperBound - range.lowerBound
  guard noise > 0 else { return range.contains(x) ? 1 / length : 0 }
  // The complement of the error function, on the side where it is small, keeps the tails' digits.
  let middle = (range.lowerBound + range.upperBound) / 2
  let distance = abs(x - middle)
  let scale = noise * 2.0.squareRoot()
  return (erfc((distance - length / 2) / scale) - erfc((distance + length / 2) / scale))
    / (2 * length)
}
