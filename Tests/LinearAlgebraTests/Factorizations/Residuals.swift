import LinearAlgebra

/// The types of elements, for parameterized tests.
let elementTypes: [any MatrixElement.Type] = [Float.self, Double.self]

/// Returns the 1-norm, the largest sum of the magnitudes of a column; 0 for an empty matrix.
func oneNorm<Element: MatrixElement>(_ a: Matrix<Element>) -> Double { a.isEmpty ? 0 : a.norm1 }

/// Returns `a` in double precision.
func double<Element: MatrixElement>(_ a: Matrix<Element>) -> Matrix<Double> {
  if let a = a as? Matrix<Double> { return a }
  // Unoptimized code converts arrays of a known type faster than generic matrices.
  guard let a = a as? Matrix<Float> else { return Matrix(a) }
  return Matrix(rows: a.rows, columns: a.columns, elements: a.array.map { Double($0) })
}

/// Returns ‖A − B‖₁ / (n ‖A‖₁ ε) with the ε of `type`, the measure of LAPACK's tests, which demand less than 30.
func residual<Element: MatrixElement>(
  _ a: Matrix<Double>, _ b: Matrix<Double>, _ type: Element.Type
) -> Double {
  let difference = oneNorm(a - b)
  if difference == 0 { return 0 }
  return difference / (Double(max(a.rows, a.columns)) * oneNorm(a) * Double(Element.ulpOfOne))
}

/// Returns ‖QᵀQ − I‖₁ / (n ε) for the columns of Q.
func orthogonality<Element: MatrixElement>(_ q: Matrix<Element>) -> Double {
  let product = Matrix.product(double(q), double(q), transposeA: true)
  return oneNorm(product - Matrix.identity(q.columns))
    / (Double(max(1, q.rows)) * Double(Element.ulpOfOne))
}

/// Returns the largest ‖b − A x‖₁ / (n ‖A‖₁ ‖x‖₁ ε) of the columns x of X and b of B.
func solveResidual<Element: MatrixElement>(
  _ a: Matrix<Element>, _ x: Matrix<Element>, _ b: Matrix<Element>
) -> Double {
  let rest = double(b) - double(a) * double(x)
  let scale = Double(max(1, a.rows)) * oneNorm(a) * Double(Element.ulpOfOne)
  return (0..<x.columns).map { j in
    let norm = oneNorm(rest.columns(j..<j + 1))
    return norm == 0 ? 0 : norm / (scale * oneNorm(double(x).columns(j..<j + 1)))
  }.max() ?? 0
}

/// Matrices that are hard for one factorization or another.
enum Family: CaseIterable {
  case random, hilbert, vandermonde, graded, nearSingular, rankDeficient, large, small

  func matrix<Element: MatrixElement>(
    _ rows: Int, _ columns: Int, seed: UInt64, of type: Element.Type
  ) -> Matrix<Element> {
    let random: Matrix<Element> = randomMatrix(rows, columns, seed: seed, of: type)
    let huge = Element(
      sign: .plus, exponent: Element.greatestFiniteMagnitude.exponent / 2, significand: 1)
    switch self {
    case .random: return random
    case .hilbert:
      return Matrix(rows: rows, columns: columns) { i, j -> Element in
        let sum = i + j + 1
        return 1 / Element(sum)
      }
    case .vandermonde:
      return Matrix(rows: rows, columns: columns) { i, j -> Element in
        let x = Double(2 * i) / Double(max(1, rows - 1)) - 1
        var power = 1.0
        for _ in 0..<j { power *= x }
        return Element(power)
      }
    case .graded:
      return Matrix(rows: rows, columns: columns) { i, j -> Element in
        let step = Element.Exponent((i + 2 * j) / 4)
        return random[i, j] * Element(sign: .plus, exponent: -step, significand: 1)
      }
    case .nearSingular, .rankDeficient:
      let rank = max(1, min(rows, columns) / 2)
      let left: Matrix<Element> = randomMatrix(rows, rank, seed: seed &+ 1, of: type)
      let right: Matrix<Element> = randomMatrix(rank, columns, seed: seed &+ 2, of: type)
      let product = Matrix.naiveProduct(left, right)
      if self == .rankDeficient { return product }
      return product + random * (10 * Element.ulpOfOne)
    case .large: return random * huge
    case .small: return random / huge
    }
  }
}

/// A shape and a family, from which tests make the same matrices in every run.
struct Case: Hashable, CustomStringConvertible {
  let family: Family
  let rows: Int
  let columns: Int
  let seed: UInt64

  var description: String { "\(family) \(rows) × \(columns), seed \(seed)" }

  /// A thousand cases of 1 to 60 rows and columns.
  static let all: [Case] = (0..<1000).map { i in
    let seed = UInt64(i + 1)
    let rows = 1 + Int(seed &* 7919 % 60)
    let columns = i % 3 == 0 ? rows : 1 + Int(seed &* 104_729 % 60)
    return Case(
      family: Family.allCases[i % Family.allCases.count], rows: rows, columns: columns, seed: seed)
  }
}

/// The matrices of a case.
struct CaseMatrices<Element: MatrixElement>: Sendable {
  /// Rows × columns.
  let matrix: Matrix<Element>
  /// Rows × rows.
  let square: Matrix<Element>
  /// Rows × rows, symmetric.
  let symmetric: Matrix<Element>
  /// Rows × 1 to 4.
  let right: Matrix<Element>

  fileprivate init(_ from: Case) {
    let type = Element.self
    matrix = from.family.matrix(from.rows, from.columns, seed: from.seed, of: type)
    let square = from.family.matrix(from.rows, from.rows, seed: from.seed, of: type)
    self.square = square
    symmetric = square / 2 + square.transpose / 2
    right = randomMatrix(from.rows, 1 + from.columns % 4, seed: from.seed, of: type)
  }
}

extension Case {
  private static let floats = all.map { CaseMatrices<Float>($0) }
  private static let doubles = all.map { CaseMatrices<Double>($0) }

  /// Calls `body` with every case. Unoptimized code takes long to make the matrices, so they are kept.
  static func forEach<Element: MatrixElement>(
    _ type: Element.Type, _ body: (Case, CaseMatrices<Element>) throws -> Void
  ) throws {
    let known: Any = type == Float.self ? floats as Any : doubles as Any
    guard let matrices = known as? [CaseMatrices<Element>] else {
      fatalError("no matrices of \(type)")
    }
    for (i, matrix) in all.enumerated() { try body(matrix, matrices[i]) }
  }
}
