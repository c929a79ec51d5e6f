import LinearAlgebra
import Testing

/// Triangular systems, least squares and ridge regression.
@Suite struct LinearSystemTests {
  @Test(arguments: elementTypes, [1, 2, 5, 33])
  func triangularSystems(type: any MatrixElement.Type, order: Int) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let a: Matrix<E> = randomMatrix(order, order, of: type) + 2 * Matrix.identity(order)
      for triangle in [Triangle.lower, .upper] {
        for transposed in [false, true] {
          for unit in [false, true] {
            let t = Matrix<E>(rows: order, columns: order) { i, j in
              i == j ? (unit ? 1 : a[i, j]) : (triangle == .lower) == (i > j) ? a[i, j] / 8 : 0
            }
            // The other triangle and a unit diagonal may hold anything.
            let given = Matrix<E>(rows: order, columns: order) { i, j in
              i == j ? (unit ? .nan : a[i, j]) : (triangle == .lower) == (i > j) ? a[i, j] / 8 : 1e9
            }
            let cleared =
              unit ? Matrix<E>(rows: order, columns: order) { $0 == $1 ? 9 : given[$0, $1] } : given
            for sides in [1, 3] {
              let b: Matrix<E> = randomMatrix(order, sides, seed: 4, of: type)
              let x = try cleared.solveTriangular(
                b, triangle, transposed: transposed, unitDiagonal: unit)
              #expect(solveResidual(transposed ? t.transposed : t, x, b) < 30)
              let y = try cleared.transposed.transpose.solveTriangular(
                b, triangle, transposed: transposed, unitDiagonal: unit)
              #expect(solveResidual(transposed ? t.transposed : t, y, b) < 30)
            }
          }
        }
      }
    }
    try check(type)
  }

  @Test func rejectsZerosOnTheDiagonal() throws {
    let a = Matrix<Double>([[1, 0, 0], [2, 0, 0], [3, 4, 5]])
    #expect(throws: FactorizationError.singular(operation: "solveTriangular", pivot: 1)) {
      try a.solveTriangular([1, 1, 1], .lower)
    }
    #expect(try a.solveTriangular([1, 1, 1], .lower, unitDiagonal: true) == [1, -1, 2])
  }

  @Test(arguments: elementTypes)
  func fitsALine(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let a = Matrix<E>(rows: 10, columns: 2) { row, column in column == 0 ? 1 : E(row) }
      let b = Matrix<E>(rows: 10, columns: 1) { row, _ in 3 - E(row) / 2 }
      let expected: Matrix<E> = [[3], [-0.5]]
      #expect(
        try a.leastSquares(b).isApproximatelyEqual(to: expected, absoluteTolerance: 50 * E.ulpOfOne)
      )
      #expect(
        try a.leastSquares(b, tolerance: 1e-6).isApproximatelyEqual(
          to: expected, absoluteTolerance: 50 * E.ulpOfOne))
      #expect(
        try a.ridge(b, penalty: 0).isApproximatelyEqual(
          to: expected, absoluteTolerance: 50 * E.ulpOfOne))
    }
    try check(type)
  }

  @Test func namesDependentColumns() {
    let a = Matrix<Float>(rows: 5, columns: 3) { row, column in Float(row + 1) + Float(2 * column) }
    let b = Matrix<Float>(rows: 5, columns: 1, repeating: 1)
    #expect(throws: FactorizationError.rankDeficient(operation: "leastSquares", column: 2)) {
      try a.leastSquares(b)
    }
    let zero = Matrix<Float>(rows: 5, columns: 3)
    #expect(throws: FactorizationError.rankDeficient(operation: "leastSquares", column: 0)) {
      try zero.leastSquares(b)
    }
    #expect(throws: FactorizationError.rankDeficient(operation: "ridge", column: 0)) {
      try zero.ridge(b, penalty: 0)
    }
    #expect(throws: FactorizationError.rankDeficient(operation: "solveTransposed", column: 0)) {
      try zero.qr().solveTransposed(Matrix<Float>(rows: 3, columns: 1))
    }
  }

  /// The solution of minimum norm is in the range of Aᵀ, and equals the pseudoinverse times B.
  @Test(arguments: elementTypes, [(3, 7), (7, 3), (5, 5), (1, 4)])
  func minimumNorm(type: any MatrixElement.Type, shape: (Int, Int)) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      for family in [Family.random, .rankDeficient] {
        let a = family.matrix(shape.0, shape.1, seed: 9, of: type)
        let b: Matrix<E> = randomMatrix(shape.0, 2, seed: 8, of: type)
        let expected = try a.pseudoInverse(tolerance: 1e-4) * b
        let tolerance = 2000 * E.ulpOfOne * (1 + E(oneNorm(expected)))
        #expect(
          try a.leastSquares(b, tolerance: 1e-4).isApproximatelyEqual(
            to: expected, absoluteTolerance: tolerance))
        #expect(
          try a.svd().solve(b, tolerance: 1e-4).isApproximatelyEqual(
            to: expected, absoluteTolerance: tolerance))
        if family == .random && shape.0 <= shape.1 {
          // Aᵀ has full column rank.
          for pivoting in [false, true] {
            let x = try a.transpose.qr(pivoting: pivoting).solveTransposed(b)
            #expect(x.isApproximatelyEqual(to: expected, absoluteTolerance: tolerance))
          }
        }
      }
    }
    try check(type)
  }

  /// (AᵀA + λ I) X = Aᵀ B.
  @Test(arguments: elementTypes, [(8, 3), (3, 8), (5, 5), (20, 1), (1, 20)])
  func ridge(type: any MatrixElement.Type, shape: (Int, Int)) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      for penalty in [E(1e-2), 1, 100] {
        let a: Matrix<E> = randomMatrix(shape.0, shape.1, seed: 6, of: type)
        let b: Matrix<E> = randomMatrix(shape.0, 2, seed: 7, of: type)
        let x = double(try a.ridge(b, penalty: penalty))
        let normal =
          double(a).transpose * double(a) + Double(penalty) * Matrix.identity(shape.1)
        let expected = try normal.cholesky().solve(double(a).transpose * double(b))
        #expect(
          x.isApproximatelyEqual(
            to: expected, absoluteTolerance: 200 * Double(E.ulpOfOne) * (1 + oneNorm(expected)),
            relativeTolerance: 0)
        )
      }
    }
    try check(type)
  }
}
