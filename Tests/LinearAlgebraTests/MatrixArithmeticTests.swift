import Foundation
import LinearAlgebra
import Testing

/// Elementwise arithmetic and sums.
@Suite struct MatrixArithmeticTests {
  @Test(arguments: [(0, 0), (0, 3), (1, 1), (3, 5), (17, 9)])
  func worksOnEachElement(rows: Int, columns: Int) {
    let a = randomMatrix(rows, columns, seed: 1)
    let b = randomMatrix(rows, columns, seed: 2)
    func of(_ f: (Float, Float) -> Float) -> Matrix<Float> {
      Matrix<Float>(rows: rows, columns: columns) { f(a[$0, $1], b[$0, $1]) }
    }
    #expect(a + b == of { $0 + $1 })
    #expect(a - b == of { $0 - $1 })
    #expect(a .* b == of { $0 * $1 })
    #expect(a ./ b == of { $0 / $1 })
    #expect(3 * a == of { x, _ in 3 * x })
    #expect(a * 3 == of { x, _ in 3 * x })
    #expect(a / 3 == of { x, _ in x / 3 })
    #expect(-a == of { x, _ in -x })
    #expect(a.map { $0 * $0 } == of { x, _ in x * x })
    var sum = a
    sum += b
    #expect(sum == a + b)
    sum = a
    sum -= b
    #expect(sum == a - b)
    sum = a
    sum *= -2
    #expect(sum == of { x, _ in -2 * x })
    sum = a
    sum.add(b, scaledBy: 0.5)
    #expect(sum.isApproximatelyEqual(to: of { $0 + 0.5 * $1 }, absoluteTolerance: 1e-7))
    sum = a
    sum += sum
    #expect(sum == 2 * a)
    let row = randomMatrix(1, columns, seed: 3)
    sum = a
    sum += .eachRow(row)
    #expect(sum == Matrix<Float>(rows: rows, columns: columns) { a[$0, $1] + row[0, $1] })
  }

  /// Literals and members without a type are operands.
  @Test func takesLiteralsAsOperands() {
    let a: Matrix<Double> = [[1, 2], [3, 4]]
    #expect(a * [[1], [-1]] == [[-1], [-1]])
    #expect(a + .identity(2) - [[1, 0], [0, 1]] == a)
    #expect(a + 0.5 * .ones(2, 2) == a + 0.5)
    let product = a .* [[2, 1], [1, 1]] ./ .ones(2, 2)
    #expect(product == [[2, 2], [3, 4]])
  }

  /// Formulas that the compiler once gave up on: steps in place, and literals in generic functions.
  @Test func typeChecksLongFormulas() {
    func check<Element: MatrixElement>(_ type: Element.Type) {
      let (a, k) = (randomMatrix(3, 3, of: Element.self), Element(0.5))
      let identity = Matrix<Element>([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
      #expect(a - 2 * a + .identity(a.rows) / 3 == a - a * Element(2) + identity / Element(3))
      #expect(k * (a - 2 * a + a) / 3 + 1 == Matrix(rows: 3, columns: 3, repeating: 1))
    }
    check(Float.self)
    check(Double.self)
    let (v, k) = (randomMatrix(3, 3, of: Double.self), 0.5)
    var u = v
    u += k * (v + v + v + v - 4 * v)
    #expect(u == v)
    u[1..., 1...] += k * (v[1..., 1...] - 2 * v[1..., 1...] + v[1..., 1...])
    #expect(u == v)
  }

  @Test func appliesFunctions() {
    let x = randomMatrix(5, 7) * 10
    #expect(
      exp(x).isApproximatelyEqual(to: x.map { Float(exp(Double($0))) }, relativeTolerance: 5e-7))
    #expect(
      softplus(x).isApproximatelyEqual(
        to: x.map { Float(log1p(exp(Double($0)))) }, relativeTolerance: 5e-7))
    #expect(
      sigmoid(x).isApproximatelyEqual(
        to: x.map { Float(1 / (1 + exp(-Double($0)))) }, relativeTolerance: 5e-7))
    let y = x.map { $0 * $0 }
    #expect(
      log(onePlus: y).isApproximatelyEqual(
        to: y.map { Float(log1p(Double($0))) }, relativeTolerance: 5e-7))
  }

  @Test func reduces() {
    let x = Matrix<Float>([[1, -2, 3], [4, 5, -6]])
    #expect(x.sum == 5)
    #expect(x.mean == 5.0 / 6)
    #expect(x.squaredNorm == 91)
    #expect(x.norm == 91.0.squareRoot())
    #expect(x.minimum == -6)
    #expect(x.maximum == 5)
    #expect(x.columnSums == Matrix<Float>([[5, 3, -3]]))
    #expect(x.columnMeans == Matrix<Float>([[2.5, 1.5, -1.5]]))
    #expect(x.rowSums == Matrix<Float>([[2], [3]]))
    #expect(
      x.columnStandardDeviations().isApproximatelyEqual(to: Matrix<Float>([[1.5, 3.5, 4.5]])))
    #expect(
      x.columnStandardDeviations(correction: 1).isApproximatelyEqual(
        to: Float(2).squareRoot() * Matrix<Float>([[1.5, 3.5, 4.5]])))
    #expect(Matrix<Float>([[.nan, 2, 1]]).minimum == 1)
    #expect(Matrix<Float>([[.nan, 2, 1]]).maximum == 2)
    #expect(x.isFinite)
    #expect(!Matrix<Float>([[1, .infinity]]).isFinite && !Matrix<Float>([[.nan]]).isFinite)
  }

  @Test func reducesEmptyMatrices() {
    let none = Matrix<Float>(rows: 0, columns: 3)
    #expect(none.sum == 0 && none.squaredNorm == 0 && none.mean.isNaN)
    #expect(none.minimum == nil && none.maximum == nil)
    #expect(none.columnSums == Matrix<Float>(rows: 1, columns: 3))
    #expect(none.columnMeans[0, 1].isNaN)
    #expect(none.rowSums == Matrix<Float>(rows: 0, columns: 1))
    #expect(Matrix<Float>(rows: 2, columns: 0).rowSums == Matrix<Float>(rows: 2, columns: 1))
    #expect(none.isFinite)
  }

  /// The deviation is measured from the mean: a large mean must not swamp it.
  @Test func standardDeviationIsAboutTheMean() {
    let x = Matrix<Float>(rows: 1000, columns: 2) { row, _ in 10_000 + Float(row % 2) }
    #expect(
      x.columnStandardDeviations().isApproximatelyEqual(
        to: Matrix<Float>([[0.5, 0.5]]), relativeTolerance: 1e-3))
  }
}
