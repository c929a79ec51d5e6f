import LangevinPreconditions

/// Returns Φ⁻¹(p), the p-quantile of the standard normal distribution, for 0 < p < 1.
///
/// A rational approximation (Acklam 2003, relative error 1.2·10⁻⁹) followed by one step of Halley's
/// method with the C library's `erfc`. The result is within a few units in the last place.
package func normalQuantile(_ p: Double) -> Double {
  require(p > 0 && p < 1, "normalQuantile: \(p) is not between 0 and 1")
  // By symmetry, only the lower tail is computed: 1 - p is exact for p > 0.5.
  if p > 0.5 { return -normalQuantile(1 - p) }
  let x = p < 0.02425 ? tail(p) : center(p - 0.5)
  let error = 0.5 * complementaryError(-x / 2.0.squareRoot()) - p
  let u = error * (2 * Double.pi).squareRoot() * exponential(x * x / 2)
  return x - u / (1 + x * u / 2)
}

private func tail(_ p: Double) -> Double {
  let q = (-2 * logarithm(p)).squareRoot()
  let numerator = horner(
    q, -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838, -2.549732539343734,
    4.374664141464968, 2.938163982698783)
  let denominator = horner(
    q, 0, 7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1)
  return numerator / denominator
}

private func center(_ q: Double) -> Double {
  let r = q * q
  let numerator = horner(
    r, -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
    1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239)
  let denominator = horner(
    r, -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
    6.680131188771972e+01, -1.328068155288572e+01, 1)
  return q * numerator / denominator
}

/// Returns a polynomial of degree 5 by Horner's rule.
///
/// The coefficients are not an array, which would be allocated: each training step draws noise levels.
private func horner(
  _ x: Double, _ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double, _ f: Double
) -> Double {
  var sum = a * x + b
  sum = sum * x + c
  sum = sum * x + d
  sum = sum * x + e
  return sum * x + f
}

/// Returns Φ(x), the probability that a standard normal variable lies below x.
package func normalProbability(below x: Double) -> Double {
  0.5 * complementaryError(-x / 2.0.squareRoot())
}
