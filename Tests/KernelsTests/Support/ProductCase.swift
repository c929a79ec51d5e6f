import LangevinKernelTable
import LangevinKernels
import Testing

/// A product to be tested: shapes, transposes, factors, and strides larger than the rows.
struct ProductCase: Sendable, CustomTestStringConvertible {
  var rows: Int
  var columns: Int
  var inner: Int
  var transposeA = false
  var transposeB = false
  var alpha: Float = 1
  var beta: Float = 0
  var padding = 0

  var testDescription: String {
    """
    \(rows) × \(columns) × \(inner)\(transposeA ? ", Aᵀ" : "")\(transposeB ? ", Bᵀ" : ""), \
    alpha \(alpha), beta \(beta), padding \(padding)
    """
  }

  var strideA: Int { (transposeA ? rows : inner) + padding }
  var strideB: Int { (transposeB ? inner : columns) + 2 * padding }
  var strideC: Int { columns + 3 * padding }

  /// Returns the number of floats of a factor or of C: the memory ends with the last element of the last
  /// row, so that a sanitizer detects any read beyond it.
  private func extent(_ rows: Int, _ columns: Int, _ stride: Int) -> Int {
    rows == 0 || columns == 0 ? 0 : (rows - 1) * stride + columns
  }
  var extentA: Int {
    transposeA ? extent(inner, rows, strideA) : extent(rows, inner, strideA)
  }
  var extentB: Int {
    transposeB ? extent(columns, inner, strideB) : extent(inner, columns, strideB)
  }
  var extentC: Int { extent(rows, columns, strideC) }

  /// Returns C from the kernel, given its old value.
  func product(_ a: [Float], _ b: [Float], _ c: [Float], by table: KernelTable) -> [Float] {
    var c = c
    unsafe withScratch(of: table) { scratch in
      unsafe table.multiply(
        transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, &c,
        strideC, scratch)
    }
    return c
  }

  /// Returns C by its definition.
  func naiveProduct(_ a: [Float], _ b: [Float], _ c: [Float]) -> [Float] {
    var c = c
    unsafe multiplyNaively(
      transposeA: transposeA, transposeB: transposeB, rows: rows, columns: columns, inner: inner,
      alpha: alpha, a: a, strideA: strideA, b: b, strideB: strideB, beta: beta, c: &c,
      strideC: strideC)
    return c
  }
}
