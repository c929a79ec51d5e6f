import LinearAlgebra

/// One call of what is measured.
typealias Operation = () throws -> Void

/// The operands of the operations on matrices of `size` rows.
struct Operands<Element: MatrixElement> {
  /// The number of matrices in a stack.
  static var stackCount: Int { 4096 }

  let size: Int

  /// Returns the operation called `name` in the requests of the driver; nil for an unknown name.
  func operation(_ name: String) -> Operation? {
    creation(name) ?? elementwise(name) ?? reduction(name) ?? product(name) ?? factorization(name)
      ?? system(name) ?? stack(name)
  }

  /// Returns a matrix of uniform numbers on [-1, 1).
  func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix<Element> {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return Matrix(rows: rows, columns: columns) { _, _ in
      // SplitMix64.
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = state
      bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
      return Element(Double((bits ^ bits >> 31) >> 40) / Double(1 << 23) - 1)
    }
  }

  var a: Matrix<Element> { random(size, size, seed: 1) }
  var b: Matrix<Element> { random(size, size, seed: 2) }
  /// Numbers from 0.5 to 1.5.
  var positive: Matrix<Element> { abs(a) + 0.5 }
  /// A well-conditioned symmetric positive definite matrix.
  var definite: Matrix<Element> {
    let a = a
    return a * a.transpose / Element(size) + Matrix.identity(size)
  }
  /// A well-conditioned matrix.
  var regular: Matrix<Element> { a / Element(size).squareRoot() + Matrix.identity(size) }
}
