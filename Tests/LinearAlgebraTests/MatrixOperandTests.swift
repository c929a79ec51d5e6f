import Foundation
import LinearAlgebra
import Testing

/// Every operation gives the same for a view as for a copy of it, in every layout and both types.
@Suite struct MatrixOperandTests {
  @Test(arguments: Layout.allCases, operandShapes)
  func viewsAreOperands(_ layout: Layout, shape: (Int, Int)) {
    check(layout, shape, Float.self)
    check(layout, shape, Double.self)
  }

  private func check<Element: MatrixElement>(
    _ layout: Layout, _ shape: (Int, Int), _ type: Element.Type
  ) {
    let (rows, columns) = shape
    let a = randomMatrix(rows, columns, seed: 1, of: type)
    let b = randomMatrix(rows, columns, seed: 2, of: type)
    let c = randomMatrix(columns, 4, seed: 3, of: type)
    let vector = randomMatrix(1, columns, seed: 4, of: type).array
    let row = randomMatrix(1, columns, seed: 5, of: type)
    let column = randomMatrix(rows, 1, seed: 6, of: type)
    layout.with(a) { x in
      #expect(x.rows == rows && x.columns == columns)
      #expect(Matrix(x) == a && x.array == listed(a) && x.rowArrays.flatMap { $0 } == listed(a))
      #expect(x.transposed == a.transposed && Matrix(x.transpose) == a.transposed)
      #expect(Matrix(x.transpose.transpose) == a)
      #expect(isTrue(x + b == a + b && b - x == b - a && x .* x == a .* a && x ./ b == a ./ b))
      #expect(x + 2 == a + 2 && 2 - x == 2 - a && x * 3 == a * 3 && x / 3 == a / 3 && -x == -a)
      #expect(listed(1 / x) == listed(a).map { 1 / $0 })
      #expect(x + .eachRow(row) == a + .eachRow(row))
      #expect(isTrue(x ./ .eachColumn(column) == a ./ .eachColumn(column)))
      #expect(x.map { $0 * 2 } == a * 2 && x.zipMap(b) { $0 + $1 } == a + b)
      #expect(exp(x) == exp(a) && abs(x) == abs(a) && tanh(x) == tanh(a))
      #expect(isTrue((x .< b) == (a .< b) && (x .>= 0.25) == (a .>= 0.25)))
      #expect(isTrue((a .> 0).choose(x, b) == (a .> 0).choose(a, b)))
      #expect(isTrue(x[a .> 0] == listed(a).filter { $0 > 0 }))
      #expect(x.sum == a.sum && x.squaredNorm == a.squaredNorm && x.norm1 == a.norm1)
      #expect(x.minimum == a.minimum && x.maximum == a.maximum && x.isFinite)
      #expect(x.argmax()?.row == a.argmax()?.row && x.argmin()?.column == a.argmin()?.column)
      #expect(x.rowSums == a.rowSums && x.columnSums == a.columnSums)
      #expect(x.sortedRows() == a.sortedRows() && x.cumulativeRowSums() == a.cumulativeRowSums())
      if columns > 0 { #expect(x.rowMaxima == a.rowMaxima && x.rowArgmax() == a.rowArgmax()) }
      #expect(x.dot(b) == a.dot(b))
      #expect(
        (x * c).isApproximatelyEqual(
          to: Matrix.naiveProduct(a, c), absoluteTolerance: 1e-5, relativeTolerance: 1e-4))
      #expect(
        (c.transpose * x.transpose).isApproximatelyEqual(
          to: Matrix.naiveProduct(a, c).transposed, absoluteTolerance: 1e-5, relativeTolerance: 1e-4
        ))
      let product = Matrix(column: x * vector)
      #expect(
        product.isApproximatelyEqual(
          to: Matrix.naiveProduct(a, Matrix(column: vector)), absoluteTolerance: 1e-5,
          relativeTolerance: 1e-4))
      var sum = b
      sum += x
      #expect(sum == b + a)
      sum .*= x
      #expect(isTrue(sum == (b + a) .* a))
      sum = b
      sum.add(x, scaledBy: 2)
      #expect(sum.isApproximatelyEqual(to: b + 2 * a, absoluteTolerance: 1e-6))
    }
  }

  @Test(arguments: operandShapes)
  func elementwiseOperationsMatchScalars(shape: (Int, Int)) {
    check(shape, Float.self)
    check(shape, Double.self)
  }

  private func check<Element: MatrixElement>(_ shape: (Int, Int), _ type: Element.Type) {
    let (rows, columns) = shape
    let a = randomMatrix(rows, columns, seed: 1, of: type)
    let b = randomMatrix(rows, columns, seed: 2, of: type)
    let x = listed(a)
    let y = listed(b)
    func pairs<R>(_ f: (Element, Element) -> R) -> [R] { zip(x, y).map(f) }
    #expect((a + b).array == pairs { $0 + $1 })
    #expect((a - b).array == pairs { $0 - $1 })
    #expect(isTrue((a .* b).array == pairs { $0 * $1 }))
    #expect(isTrue((a ./ b).array == pairs { $0 / $1 }))
    #expect((a + 0.5).array == x.map { $0 + 0.5 } && (0.5 + a).array == x.map { $0 + 0.5 })
    #expect((a - 0.5).array == x.map { $0 - 0.5 } && (0.5 - a).array == x.map { 0.5 - $0 })
    #expect((a * 3).array == x.map { $0 * 3 } && (3 * a).array == x.map { $0 * 3 })
    #expect((a / 3).array == x.map { $0 / 3 } && (3 / a).array == x.map { 3 / $0 })
    #expect(minimum(a, b).array == pairs(Swift.min) && maximum(a, b).array == pairs(Swift.max))
    #expect(a.clamped(to: -0.25...0.5).array == x.map { Swift.min(Swift.max($0, -0.25), 0.5) })
    #expect(isTrue((a .< b).array == pairs { $0 < $1 } && (a .<= b).array == pairs { $0 <= $1 }))
    #expect(isTrue((a .> b).array == pairs { $0 > $1 } && (a .>= b).array == pairs { $0 >= $1 }))
    #expect(isTrue((a .== a).isAllTrue && !(a .!= a).containsTrue))
    #expect(isTrue((a .< 0).array == x.map { $0 < 0 } && (a .<= 0).array == x.map { $0 <= 0 }))
    #expect(isTrue((a .> 0).array == x.map { $0 > 0 } && (a .>= 0).array == x.map { $0 >= 0 }))
    #expect(isTrue(((a .> 0) .& (b .> 0)).array == pairs { $0 > 0 && $1 > 0 }))
    #expect(isTrue(((a .> 0) .| (b .> 0)).array == pairs { $0 > 0 || $1 > 0 }))
    #expect(isTrue((.!(a .> 0)).trueCount == x.count { $0 <= 0 }))
    #expect(isTrue((a .> b).choose(a, b) == maximum(a, b)))
    #expect(isTrue((a .> 0).choose(a, 0).array == x.map { $0 > 0 ? $0 : 0 }))
    #expect(isTrue((a .> 0).choose(1.0, -1).array == x.map { $0 > 0 ? 1 : -1 }))
    var replaced = a
    replaced.replace(where: a .< 0, with: 9)
    #expect(replaced.array == x.map { $0 < 0 ? 9 : $0 })
    for power in [-2, -1, 0, 0.5, 1, 2, 3, 4, 1.7] {
      let positive = abs(a) + 0.5
      let expected = listed(positive).map { Element(Foundation.pow(Double($0), power)) }
      #expect(
        pow(positive, Element(power)).isApproximatelyEqual(
          to: Matrix(rows: rows, columns: columns, elements: expected), relativeTolerance: 4e-7))
    }
  }

  /// Each function against the C library in `Double`.
  @Test func functionsMatchTheCLibrary() {
    check(Float.self, within: 5e-7)
    check(Double.self, within: 2e-15)
  }

  private func check<Element: MatrixElement>(_ type: Element.Type, within tolerance: Element) {
    let x = 8 * randomMatrix(7, 31, of: type)
    let positive = abs(x) + 1e-3
    let cases: [(String, Matrix<Element>, Matrix<Element>, (Double) -> Double)] = [
      ("exp", x, exp(x), { Foundation.exp($0) }),
      ("expMinusOne", x, expMinusOne(x), { Foundation.expm1($0) }),
      ("log", positive, log(positive), { Foundation.log($0) }),
      ("log(onePlus:)", positive, log(onePlus: positive), { Foundation.log1p($0) }),
      ("tanh", x, tanh(x), { Foundation.tanh($0) }),
      ("sqrt", positive, sqrt(positive), { $0.squareRoot() }),
      ("abs", x, abs(x), { Swift.abs($0) }),
      ("sin", x, sin(x), { Foundation.sin($0) }),
      ("cos", x, cos(x), { Foundation.cos($0) }),
      ("softplus", x, softplus(x), { Foundation.log1p(Foundation.exp($0)) }),
      ("sigmoid", x, sigmoid(x), { 1 / (1 + Foundation.exp(-$0)) }),
    ]
    for (name, argument, result, function) in cases {
      #expect(
        result.isApproximatelyEqual(
          to: argument.map { Element(function(Double($0))) }, relativeTolerance: tolerance),
        "\(name)")
    }
  }
}
