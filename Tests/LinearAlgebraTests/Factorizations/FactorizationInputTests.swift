import LinearAlgebra
import Testing

/// Inputs of every form: views, vectors, empty matrices and single elements.
@Suite struct FactorizationInputTests {
  /// Blocks, steps and transposes give the results of a copy, bit for bit.
  @Test(arguments: elementTypes)
  func views(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let large: Matrix<E> = randomMatrix(20, 20, of: type)
      func expectSame(_ view: borrowing MatrixView<E>) throws {
        let copy = Matrix(copy view)
        let transposed = copy.transposed
        let square = view.rows
        let b: Matrix<E> = randomMatrix(square, 3, seed: 3, of: type)
        #expect(try view.lu().u == copy.lu().u)
        #expect(try transposed.transpose.lu().l == copy.lu().l)
        #expect(try view.qr().r == copy.qr().r)
        #expect(try transposed.transpose.qr(pivoting: true).q() == copy.qr(pivoting: true).q())
        #expect(try view.svd().u == copy.svd().u)
        #expect(try transposed.transpose.singularValues() == copy.singularValues())
        #expect(try view.solve(b) == copy.solve(b))
        #expect(try view.inverse() == copy.inverse())
        #expect(try view.eigenvalues() == copy.eigenvalues())
        #expect(try view.eigen().realVectors == copy.eigen().realVectors)
        #expect(try transposed.transpose.schur().z == copy.schur().z)
        #expect(try view.symmetricEigen().vectors == copy.symmetricEigen().vectors)
        #expect(try view.symmetricEigenvalues() == copy.symmetricEigenvalues())
        #expect(try view.ldlt().l == copy.ldlt().l)
        #expect(try view.determinant() == copy.determinant())
        #expect(try view.leastSquares(b) == copy.leastSquares(b))
        #expect(try view.leastSquares(b, tolerance: 0.1) == copy.leastSquares(b, tolerance: 0.1))
        #expect(try view.ridge(b, penalty: 1) == copy.ridge(b, penalty: 1))
        #expect(try view.matrixExponential() == copy.matrixExponential())
        #expect(try view.solveTriangular(b, .lower) == copy.solveTriangular(b, .lower))
        #expect(try view.solveTriangular(b, .upper) == copy.solveTriangular(b, .upper))
        // Right sides that are views.
        let wide = b.transposed
        #expect(try copy.solve(wide.transpose) == copy.solve(b))
        #expect(try copy.ldlt().solve(wide.transpose) == copy.ldlt().solve(b))
        #expect(try copy.leastSquares(wide.transpose) == copy.leastSquares(b))
      }
      try expectSame(large.view)
      try expectSame(large.view.transpose)
      try expectSame(large.view.rows(3..<15).columns(5..<17))
      try expectSame(large.view.steps(rows: 2, columns: 2))
      let definite = Matrix.naiveProduct(large, large, transposeB: true) + Matrix.identity(20)
      #expect(try definite.transpose.cholesky().l == definite.transposed.cholesky().l)
      #expect(
        try definite.view.rows(2..<9).columns(2..<9).cholesky().l
          == Matrix(definite.view.rows(2..<9).columns(2..<9)).cholesky().l)
    }
    try check(type)
  }

  /// Vectors give the results of matrices with one column.
  @Test(arguments: elementTypes)
  func vectors(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let a: Matrix<E> = randomMatrix(7, 7, of: type)
      let tall: Matrix<E> = randomMatrix(9, 7, of: type)
      let definite = Matrix.naiveProduct(a, a, transposeB: true) + Matrix.identity(7)
      let b = (0..<7).map { E($0) - 2 }
      let long = (0..<9).map { E($0) - 2 }
      let (column, longColumn) = (Matrix(column: b), Matrix(column: long))
      #expect(try definite.cholesky().solve(b) == definite.cholesky().solve(column).array)
      #expect(try a.lu().solve(b) == a.lu().solve(column).array)
      #expect(try a.lu().solveTransposed(b) == a.lu().solveTransposed(column).array)
      #expect(try definite.ldlt().solve(b) == definite.ldlt().solve(column).array)
      #expect(try tall.qr().solve(long) == tall.qr().solve(longColumn).array)
      #expect(try tall.svd().solve(long) == tall.svd().solve(longColumn).array)
      #expect(try a.solve(b) == a.solve(column).array)
      #expect(try a.solveTriangular(b, .lower) == a.solveTriangular(column, .lower).array)
    }
    try check(type)
  }

  @Test(arguments: elementTypes)
  func emptyMatrices(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let none = Matrix<E>(rows: 0, columns: 0)
      let right = Matrix<E>(rows: 0, columns: 2)
      #expect(try none.cholesky().l == none)
      #expect(try none.cholesky().determinant == 1)
      #expect(try none.cholesky().conditionNumber() == 0)
      #expect(try none.cholesky().solve(right) == right)
      #expect(try none.cholesky().inverse() == none)
      #expect(try none.lu().determinant == 1)
      #expect(try none.lu().solve(right) == right)
      #expect(try none.lu().inverse() == none)
      #expect(try none.ldlt().d == none)
      #expect(try none.ldlt().solve(right) == right)
      #expect(try none.ldlt().inverse() == none)
      #expect(try none.symmetricEigen().values.isEmpty)
      #expect(try none.symmetricEigen().vectors == none)
      #expect(try none.symmetricEigen().map { $0 } == none)
      #expect(try none.symmetricEigenvalues().isEmpty)
      #expect(try none.eigen().realVectors == none)
      #expect(try none.eigenvalues().isEmpty)
      #expect(try none.schur().t == none)
      #expect(try none.solve(right) == right)
      #expect(try none.solve([]) == [])
      #expect(try none.inverse() == none)
      #expect(try none.determinant() == 1)
      #expect(try none.logDeterminant() == (1, 0))
      #expect(try none.matrixExponential() == none)
      #expect(try none.conditionNumber() == 0)
      #expect(try none.rank() == 0)
      #expect(try none.solveTriangular(right, .upper) == right)
      for (m, n) in [(0, 3), (3, 0), (0, 0)] {
        let a = Matrix<E>(rows: m, columns: n)
        let b = Matrix<E>(rows: m, columns: 2, repeating: 1)
        let zero = Matrix<E>(rows: n, columns: 2)
        #expect(try a.lu().l.shape == (m, 0) && a.lu().u.shape == (0, n))
        #expect(try a.qr().q().shape == (m, 0) && a.qr().r.shape == (0, n))
        #expect(try a.qr().fullQ() == Matrix.identity(m))
        #expect(try a.qr(pivoting: true).permutation == Array(0..<n))
        let svd = try a.svd()
        #expect(svd.u.shape == (m, 0) && svd.values.isEmpty && svd.vTransposed.shape == (0, n))
        #expect(try a.svd(full: true).u == Matrix.identity(m))
        #expect(try svd.solve(b) == zero)
        #expect(try a.pseudoInverse().shape == (n, m))
        #expect(try a.singularValues().isEmpty)
        #expect(try a.leastSquares(b, tolerance: 0) == zero)
        #expect(try a.ridge(b, penalty: 1) == zero)
        if m >= n { #expect(try a.leastSquares(b) == zero) }
      }
      // Right sides without columns.
      let a = Matrix<E>.identity(3)
      let sides = Matrix<E>(rows: 3, columns: 0)
      #expect(try a.solve(sides) == sides)
      #expect(try a.cholesky().solve(sides) == sides)
      #expect(try a.ldlt().solve(sides) == sides)
      #expect(try a.leastSquares(sides) == sides)
      #expect(try a.leastSquares(sides, tolerance: 0) == sides)
      #expect(try a.svd().solve(sides) == sides)
    }
    try check(type)
  }

  @Test(arguments: elementTypes)
  func matricesOfOneElement(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let a: Matrix<E> = [[4]]
      #expect(try a.cholesky().l == [[2]])
      #expect(try a.lu().u == a && a.lu().l == [[1]])
      #expect(try a.ldlt().d == a)
      #expect(try a.qr().r[0, 0].magnitude == 4)
      #expect(try a.svd().values == [4])
      #expect(try a.symmetricEigen().values == [4])
      #expect(try a.eigenvalues() == [Eigenvalue(real: 4)])
      #expect(try a.schur().t == a)
      #expect(try a.inverse() == [[0.25]])
      #expect(try a.determinant() == 4)
      #expect(try a.solve([8]) == [2])
      #expect(try a.conditionNumber() == 1)
    }
    try check(type)
  }
}
