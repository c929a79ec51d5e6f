import Evaluation
import LinearAlgebra

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Returns `count` normal points with `columns` coordinates, scaled by `scale` and then moved by `shift`.
func gaussian(
  _ count: Int, _ columns: Int = 2, seed: UInt64, shift: Float = 0, scale: Float = 1
) -> Matrix<Float> {
  RandomStream(seed: seed).normal(rows: count, columns: columns).map { scale * $0 + shift }
}

func exponential(_ x: Double) -> Double { exp(x) }

/// Returns the standard normal distribution function at `x`.
func normalProbability(below x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

/// Returns ‖x − y‖ for two rows.
func distance(_ x: Span<Float>, _ y: Span<Float>) -> Double {
  var sum = 0.0
  for axis in x.indices { sum += pow(Double(x[axis]) - Double(y[axis]), 2) }
  return sum.squareRoot()
}
