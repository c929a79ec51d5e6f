/// Computes `C = alpha op(A) op(B) + beta C` by definition, in three loops that sum in `Double`.
///
/// It is slow and obviously correct: the reference for every faster product. The arguments are those of
/// `KernelTable.multiply`.
package func multiplyNaively(
  transposeA: Bool, transposeB: Bool, rows: Int, columns: Int, inner: Int,
  alpha: Float, a: UnsafePointer<Float>, strideA: Int, b: UnsafePointer<Float>, strideB: Int,
  beta: Float, c: UnsafeMutablePointer<Float>, strideC: Int
) {
  for i in 0..<rows {
    for j in 0..<columns {
      var sum = 0.0
      for k in 0..<inner {
        let x = unsafe transposeA ? a[k * strideA + i] : a[i * strideA + k]
        let y = unsafe transposeB ? b[j * strideB + k] : b[k * strideB + j]
        sum += Double(x) * Double(y)
      }
      let old = unsafe beta == 0 ? 0 : Double(beta) * Double(c[i * strideC + j])
      unsafe c[i * strideC + j] = Float(Double(alpha) * sum + old)
    }
  }
}
