import LinearAlgebra
import Testing

/// The products of every engine, compared with the definition.
@Suite struct MatrixProductTests {
  @Test(
    arguments: everyEngine,
    [(0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (5, 7, 3), (40, 33, 129), (64, 2, 100)])
  func agreesWithTheDefinition(_ engine: Engine, _ shape: (Int, Int, Int)) {
    let (rows, columns, inner) = shape
    for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
      let a = transposeA ? randomMatrix(inner, rows) : randomMatrix(rows, inner)
      let b =
        transposeB ? randomMatrix(columns, inner, seed: 2) : randomMatrix(inner, columns, seed: 2)
      let expected = Matrix.naiveProduct(
        a, b, transposeA: transposeA, transposeB: transposeB, alpha: 0.5)
      let product = Matrix.product(
        a, b, transposeA: transposeA, transposeB: transposeB, alpha: 0.5, engine: engine)
      #expect(
        product.isApproximatelyEqual(to: expected, absoluteTolerance: 5e-6, relativeTolerance: 1e-5)
      )

      var sum = Matrix<Float>(rows: rows, columns: columns, repeating: 3)
      sum.formProduct(
        a, b, transposeA: transposeA, transposeB: transposeB, alpha: 0.5, beta: 2, engine: engine)
      let six = Matrix<Float>(rows: rows, columns: columns, repeating: 6)
      #expect(
        sum.isApproximatelyEqual(
          to: expected + six, absoluteTolerance: 5e-6, relativeTolerance: 1e-5))

      var old = Matrix<Float>(rows: rows, columns: columns, repeating: .nan)
      old.formProduct(
        a, b, transposeA: transposeA, transposeB: transposeB, alpha: 0.5, engine: engine)
      #expect(old == product)
    }
  }

  /// Large enough for the automatic engine to use OpenBLAS.
  @Test(arguments: everyEngine)
  func agreesAmongEngines(_ engine: Engine) {
    let a = randomMatrix(170, 180)
    let b = randomMatrix(180, 190, seed: 2)
    #expect(a.rows * a.columns * b.columns > 1 << 22)
    let swift = Matrix.product(
      a, b, engine: Engine(.swift, instructionSet: Engine.availableInstructionSets.first))
    #expect(
      Matrix.product(a, b, engine: engine).isApproximatelyEqual(
        to: swift, absoluteTolerance: 1e-5, relativeTolerance: 1e-5))
  }

  @Test func supportsTheProductOperator() {
    let a = Matrix<Float>([[1, 2], [3, 4]])
    #expect(a * Matrix<Float>([[0, 1], [1, 0]]) == Matrix<Float>([[2, 1], [4, 3]]))
    #expect(Matrix<Float>.identity(2) * a == a)
  }

  /// The factors keep their values while the product is written, even if they are the same matrix.
  @Test(arguments: everyEngine)
  func mayOverwriteItsFactors(_ engine: Engine) {
    let start = randomMatrix(9, 9)
    let square = Matrix.naiveProduct(start, start)
    var c = start
    c.formProduct(c, c, engine: engine)
    #expect(c.isApproximatelyEqual(to: square, absoluteTolerance: 1e-6, relativeTolerance: 1e-5))
    c = start
    c.formProduct(c, c, transposeB: true, beta: 1, engine: engine)
    let expected = Matrix.naiveProduct(start, start, transposeB: true) + start
    #expect(c.isApproximatelyEqual(to: expected, absoluteTolerance: 1e-6, relativeTolerance: 1e-5))
  }

  /// An engine gives the same bits in each run, whatever the memory.
  @Test(arguments: everyEngine)
  func isReproducible(_ engine: Engine) {
    let a = randomMatrix(30, 50)
    let b = randomMatrix(50, 20, seed: 2)
    let first = Matrix.product(a, b, engine: engine)
    for _ in 0..<3 { #expect(Matrix.product(a.map { $0 }, b, engine: engine) == first) }
  }
}
