import LinearAlgebra

extension Operands {
  /// Returns a product of two matrices, or of a matrix and a vector.
  func product(_ name: String) -> Operation? {
    switch name {
    case "product":
      let (a, b) = (a, b)
      return { keep(a * b) }
    case "product-transposed":
      let (a, b) = (a, b)
      return { keep(a.transpose * b) }
    case "product-vector":
      let (a, x) = (a, random(1, size, seed: 3).array)
      return { keep(a * x) }
    default: return nil
    }
  }

  /// Returns an operation on a stack of matrices.
  func stack(_ name: String) -> Operation? {
    let count = Self.stackCount
    func stack(_ matrix: (Int) -> Matrix<Element>) -> MatrixStack<Element> {
      MatrixStack((0..<count).map(matrix))
    }
    switch name {
    case "stack-product":
      let a = stack { random(size, size, seed: UInt64($0)) }
      let b = stack { random(size, size, seed: UInt64(count + $0)) }
      return { keep(a * b) }
    case "stack-cholesky":
      let identity = Matrix<Element>.identity(size)
      let a = stack {
        let a = random(size, size, seed: UInt64($0))
        return a * a.transpose / Element(size) + identity
      }
      return { keep(try a.cholesky()) }
    case "stack-lu":
      let a = stack { random(size, size, seed: UInt64($0)) }
      return { keep(try a.lu()) }
    default: return nil
    }
  }
}
