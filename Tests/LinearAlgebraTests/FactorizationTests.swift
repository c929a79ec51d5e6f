import LinearAlgebra
import Testing

/// Factorizations multiplied back together, and the errors for matrices without one.
@Suite struct FactorizationTests {
  static let sizes = [0, 1, 2, 5, 20]

  private func transposedTimes(_ a: Matrix) -> Matrix { Matrix.product(a, a, transposeA: true) }

  @Test(arguments: sizes)
  func choleskyMultipliesBack(size: Int) throws {
    let a = transposedTimes(randomMatrix(size + 3, size)) + Matrix.identity(size)
    let l = try a.cholesky()
    #expect(
      Matrix.product(l, l, transposeB: true).isApproximatelyEqual(
        to: a, relative: 1e-5, absolute: 1e-5))
    for i in 0..<size {
      #expect(l[i, i] > 0)
      for j in i + 1..<max(size, i + 1) { #expect(l[i, j] == 0) }
    }
  }

  @Test func choleskyOfKnownMatrix() throws {
    let a = Matrix([[4, 12, -16], [12, 37, -43], [-16, -43, 98]])
    let expected = Matrix([[2, 0, 0], [6, 1, 0], [-8, 5, 3]])
    #expect(try a.cholesky().isApproximatelyEqual(to: expected, relative: 1e-5))
    // Only the lower triangle is read.
    var lower = a
    lower[0, 1] = .nan
    lower[0, 2] = 1e9
    #expect(try lower.cholesky().isApproximatelyEqual(to: expected, relative: 1e-5))
  }

  @Test(arguments: [(Float(1), -1, 3), (-1, 1, 1), (1, 0, 3)] as [(Float, Float, Int)])
  func choleskyNamesTheMinor(first: Float, last: Float, minor: Int) {
    let a = Matrix.diagonal([first, 2, last])
    #expect(throws: FactorizationError.notPositiveDefinite(minor: minor)) { try a.cholesky() }
  }

  @Test(arguments: sizes)
  func eigendecompositionMultipliesBack(size: Int) throws {
    let square = randomMatrix(size, size)
    let a = square + square.transposed
    let eigen = try a.symmetricEigendecomposition()
    #expect(eigen.values == eigen.values.sorted())
    #expect(
      transposedTimes(eigen.vectors).isApproximatelyEqual(to: .identity(size), absolute: 1e-5))
    let scaled = eigen.vectors * Matrix.diagonal(eigen.values)
    #expect(
      Matrix.product(scaled, eigen.vectors, transposeB: true).isApproximatelyEqual(
        to: a, absolute: 1e-5))
  }

  /// The second difference has the eigenvalues 2 - 2 cos(π k / (n + 1)); n = 3 gives 2 and 2 ± √2.
  @Test func eigenvaluesOfKnownMatrix() throws {
    var a = Matrix([[2, -1, 0], [-1, 2, -1], [0, -1, 2]])
    // Only the lower triangle is read.
    a[0, 1] = .infinity
    let eigen = try a.symmetricEigendecomposition()
    let root = Float(2).squareRoot()
    #expect(
      Matrix([eigen.values]).isApproximatelyEqual(to: Matrix([[2 - root, 2, 2 + root]])))
    #expect((eigen.vectors[1, 2].magnitude - 1 / root).magnitude < 1e-6)
  }

  @Test(arguments: [(0, 0), (0, 3), (3, 0), (1, 1), (1, 5), (6, 4), (4, 6), (20, 20)])
  func singularValuesMultiplyBack(rows: Int, columns: Int) throws {
    let a = randomMatrix(rows, columns)
    let svd = try a.singularValueDecomposition()
    let rank = min(rows, columns)
    #expect(svd.u.rows == rows && svd.u.columns == rank && svd.values.count == rank)
    #expect(svd.vTransposed.rows == rank && svd.vTransposed.columns == columns)
    #expect(svd.values == svd.values.sorted(by: >))
    #expect(svd.values.allSatisfy { $0 >= 0 })
    #expect(transposedTimes(svd.u).isApproximatelyEqual(to: .identity(rank), absolute: 1e-5))
    #expect(
      Matrix.product(svd.vTransposed, svd.vTransposed, transposeB: true).isApproximatelyEqual(
        to: .identity(rank), absolute: 1e-5))
    let product = svd.u * Matrix.diagonal(svd.values) * svd.vTransposed
    #expect(product.isApproximatelyEqual(to: a, absolute: 1e-5))
  }

  /// A matrix of rank one has one singular value: the product of the lengths.
  @Test func singularValuesOfKnownMatrix() throws {
    let a = Matrix([[3], [4]]) * Matrix([[1, 2, 2]])
    let values = try a.singularValueDecomposition().values
    #expect((values[0] - 15).magnitude < 1e-5)
    #expect(values[1].magnitude < 1e-5)
  }

  @Test(arguments: sizes, [0, 1, 3])
  func solvesLinearSystems(size: Int, sides: Int) throws {
    let a = randomMatrix(size, size) + 3 * Matrix.identity(size)
    let x = randomMatrix(size, sides, seed: 2)
    let solution = try a.solve(Matrix.naiveProduct(a, x))
    #expect(solution.isApproximatelyEqual(to: x, relative: 1e-4, absolute: 1e-4))
  }

  /// Without exchanging rows, the first pivot would be zero.
  @Test func solvesWithPivoting() throws {
    let a = Matrix([[0, 2], [1, 1]])
    #expect(try a.solve(Matrix([[2], [3]])) == Matrix([[2], [1]]))
  }

  @Test func rejectsSingularMatrices() {
    let a = Matrix([[1, 2], [2, 4]])
    #expect(throws: FactorizationError.singular(pivot: 1)) { try a.solve(Matrix([[1], [1]])) }
    let zero = Matrix(rows: 2, columns: 2)
    #expect(throws: FactorizationError.singular(pivot: 0)) { try zero.solve(Matrix([[1], [1]])) }
  }

  @Test(arguments: [(1, 1), (5, 5), (30, 4), (6, 0)], [0, 1, 3])
  func leastSquaresSolvesNormalEquations(shape: (Int, Int), sides: Int) throws {
    let a = randomMatrix(shape.0, shape.1)
    let b = randomMatrix(shape.0, sides, seed: 2)
    let x = try a.leastSquares(b)
    #expect(x.rows == shape.1 && x.columns == sides)
    // The residual is perpendicular to every column.
    let rest = b - Matrix.naiveProduct(a, x)
    #expect(
      Matrix.naiveProduct(a, rest, transposeA: true).isApproximatelyEqual(
        to: Matrix(rows: shape.1, columns: sides), absolute: 2e-5))
  }

  @Test func leastSquaresFitsALine() throws {
    let a = Matrix(rows: 10, columns: 2) { row, column in column == 0 ? 1 : Float(row) }
    let b = Matrix(rows: 10, columns: 1) { row, _ in 3 - 0.5 * Float(row) }
    #expect(
      try a.leastSquares(b).isApproximatelyEqual(to: Matrix([[3], [-0.5]]), absolute: 1e-5))
  }

  @Test func namesDependentColumns() {
    let a = Matrix(rows: 5, columns: 3) { row, column in Float(row + 1) + Float(2 * column) }
    let b = Matrix(rows: 5, columns: 1, repeating: 1)
    #expect(throws: FactorizationError.rankDeficient(column: 2)) { try a.leastSquares(b) }
    let zero = Matrix(rows: 5, columns: 3)
    #expect(throws: FactorizationError.rankDeficient(column: 0)) { try zero.leastSquares(b) }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func rejectsNonFiniteMatrices(_ value: Float) {
    var a = Matrix.identity(3)
    a[2, 1] = value
    let error = FactorizationError.notFinite(row: 2, column: 1)
    #expect(throws: error) { try a.cholesky() }
    #expect(throws: error) { try a.symmetricEigendecomposition() }
    #expect(throws: error) { try a.singularValueDecomposition() }
    #expect(throws: error) { try a.solve(Matrix.identity(3)) }
    #expect(throws: error) { try Matrix.identity(3).solve(a) }
    #expect(throws: error) { try a.leastSquares(Matrix.identity(3)) }
    #expect(throws: error) { try Matrix.identity(3).leastSquares(a) }
  }

  @Test func errorsNameTheProblem() {
    #expect(FactorizationError.notPositiveDefinite(minor: 3).description.contains("order 3"))
    #expect(FactorizationError.singular(pivot: 1).description.contains("leastSquares"))
    #expect(FactorizationError.rankDeficient(column: 4).description.contains("column 4"))
    #expect(FactorizationError.noConvergence(remaining: 2).description.contains("2"))
    #expect(FactorizationError.notFinite(row: 5, column: 6).description.contains("(5, 6)"))
  }
}
