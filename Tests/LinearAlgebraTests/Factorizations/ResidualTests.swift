import LinearAlgebra
import Testing

/// Residuals of a thousand random and ill-conditioned matrices, in the measure of LAPACK's own tests.
@Suite struct ResidualTests {
  /// The limit of LAPACK's tests.
  private static let limit = 30.0

  private func expect(_ residual: Double, _ name: String, _ matrix: Case) {
    if !(residual < Self.limit) {
      Issue.record("\(name): \(residual) for \(matrix)")
    }
  }

  @Test(arguments: elementTypes)
  func cholesky(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      try Case.forEach(type) { matrix, given in
        let half = given.matrix
        if matrix.family == .large || matrix.family == .small { return }
        var a = half * half.transpose
        let shift = E(oneNorm(a)) * E.ulpOfOne * E(4 * matrix.rows)
        for i in 0..<a.rows { a[i, i] += shift }
        let factor = try a.cholesky()
        let l = double(factor.l)
        expect(residual(double(a), l * l.transpose, type), "cholesky", matrix)
        let b = given.right
        expect(solveResidual(a, try factor.solve(b), b), "solve", matrix)
      }
    }
    try check(type)
  }

  @Test(arguments: elementTypes)
  func lu(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      try Case.forEach(type) { matrix, given in
        let a = given.matrix
        let lu = try a.lu()
        let permuted = a.rows(at: lu.permutation)
        expect(residual(double(permuted), double(lu.l) * double(lu.u), type), "lu", matrix)
        let square = given.square
        let factor = try square.lu()
        if factor.zeroPivot != nil { return }
        let b: Matrix<E> = randomMatrix(
          square.rows, 1 + matrix.columns % 4, seed: matrix.seed, of: type)
        let x = try factor.solve(b)
        let y = try factor.solveTransposed(b)
        if matrix.family == .nearSingular || matrix.family == .rankDeficient,
          !(x.isFinite && y.isFinite)
        {
          return
        }
        expect(solveResidual(square, x, b), "solve", matrix)
        expect(solveResidual(square.transposed, y, b), "solveTransposed", matrix)
      }
    }
    try check(type)
  }

  @Test(arguments: elementTypes, [false, true])
  func qr(type: any MatrixElement.Type, pivoting: Bool) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      try Case.forEach(type) { matrix, given in
        let a = given.matrix
        let qr = try a.qr(pivoting: pivoting)
        let q = try qr.q()
        let permuted = Matrix(a.transposed.rows(at: qr.permutation).transpose)
        expect(residual(double(permuted), double(q) * double(qr.r), type), "qr", matrix)
        expect(orthogonality(q), "q", matrix)
        expect(orthogonality(try qr.fullQ()), "fullQ", matrix)
        if pivoting {
          let diagonal = (0..<min(a.rows, a.columns)).map { qr.r[$0, $0].magnitude }
          for i in diagonal.indices.dropFirst() {
            #expect(diagonal[i] <= diagonal[i - 1] * (1 + 100 * E.ulpOfOne))
          }
        }
        // Products without forming Q.
        let b = given.right
        let full = double(try qr.fullQ())
        expect(
          residual(full * double(b), double(try qr.multiply(b)), type), "multiply", matrix)
        expect(
          residual(full.transpose * double(b), double(try qr.multiplyTransposed(b)), type),
          "multiplyTransposed", matrix)
      }
    }
    try check(type)
  }

  @Test(arguments: elementTypes)
  func leastSquares(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      try Case.forEach(type) { matrix, given in
        let a = given.matrix
        let b = given.right
        var solutions = [("tolerance", try a.leastSquares(b, tolerance: E.ulpOfOne * 60))]
        solutions.append(("svd", try a.svd().solve(b, tolerance: E.ulpOfOne * 60)))
        if a.rows >= a.columns {
          do {
            solutions.append(("qr", try a.leastSquares(b)))
            if b.columns == 1 { #expect(try a.leastSquares(b.array) == solutions[2].1.array) }
            solutions.append(("pivoted qr", try a.qr(pivoting: true).solve(b)))
          } catch FactorizationError.rankDeficient {}
        }
        // The residual is perpendicular to the columns of A, as far as rounding of A lets it.
        for (name, x) in solutions {
          let rest = double(b) - double(a) * double(x)
          let gradient = oneNorm(double(a).transpose * rest)
          let size = oneNorm(a) * (oneNorm(a) * oneNorm(x) + oneNorm(b))
          let count = Double(max(a.rows, a.columns))
          expect(gradient / (size * count * Double(E.ulpOfOne)), name, matrix)
        }
      }
    }
    try check(type)
  }

  @Test(arguments: elementTypes)
  func ldlt(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      try Case.forEach(type) { matrix, given in
        let a = given.symmetric
        let factor = try a.ldlt()
        let (l, d) = (double(factor.l), double(factor.d))
        let p = factor.permutation
        let permuted = Matrix(a.rows(at: p).transpose).rows(at: p)
        expect(residual(double(permuted), l * d * l.transpose, type), "ldlt", matrix)
        if factor.zeroPivot != nil { return }
        let b = given.right
        let x = try factor.solve(b)
        if x.isFinite { expect(solveResidual(a, x, b), "solve", matrix) }
      }
    }
    try check(type)
  }

  @Test(arguments: elementTypes)
  func svd(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      try Case.forEach(type) { matrix, given in
        let a = given.matrix
        let svd = try a.svd()
        let scaled = double(svd.u) * Matrix.diagonal(svd.values.map(Double.init))
        expect(residual(double(a), scaled * double(svd.vTransposed), type), "svd", matrix)
        expect(orthogonality(svd.u), "u", matrix)
        expect(orthogonality(svd.vTransposed.transposed), "v", matrix)
        #expect(svd.values == svd.values.sorted(by: >) && svd.values.allSatisfy { $0 >= 0 })
        let values = try a.singularValues()
        for (x, y) in zip(values, svd.values) {
          let limit = Self.limit * Double(values.count) * Double(E.ulpOfOne) * Double(values[0])
          #expect(Double((x - y).magnitude) <= limit)
        }
      }
    }
    try check(type)
  }

  @Test(arguments: elementTypes)
  func symmetricEigen(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      try Case.forEach(type) { matrix, given in
        let a = given.symmetric
        let eigen = try a.symmetricEigen()
        let v = double(eigen.vectors)
        let values = eigen.values.map(Double.init)
        expect(
          residual(double(a), v * Matrix.diagonal(values) * v.transpose, type), "eigen", matrix)
        expect(orthogonality(eigen.vectors), "vectors", matrix)
        #expect(values == values.sorted())
        let only = try a.symmetricEigenvalues()
        let limit = Self.limit * oneNorm(a) * Double(a.rows) * Double(E.ulpOfOne)
        for (x, y) in zip(only, eigen.values) { #expect(Double((x - y).magnitude) <= limit) }
      }
    }
    try check(type)
  }

  @Test(arguments: elementTypes)
  func eigen(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      try Case.forEach(type) { matrix, given in
        let a = given.square
        let eigen = try a.eigen()
        let (x, y) = (double(eigen.realVectors), double(eigen.imaginaryVectors))
        // A (X + iY) = (X + iY) (diag(re) + i diag(im)), in units that do not overflow.
        let unit = oneNorm(a) == 0 ? 1 : oneNorm(a)
        let re = Matrix.diagonal(eigen.values.map { Double($0.real) / unit })
        let im = Matrix.diagonal(eigen.values.map { Double($0.imaginary) / unit })
        let scaled = double(a) / unit
        let scale = Double(a.rows) * Double(E.ulpOfOne)
        expect(oneNorm(scaled * x - (x * re - y * im)) / scale, "real part", matrix)
        expect(oneNorm(scaled * y - (x * im + y * re)) / scale, "imaginary part", matrix)
        for j in 0..<a.rows {
          let length = (0..<a.rows).reduce(0) { $0 + x[$1, j] * x[$1, j] + y[$1, j] * y[$1, j] }
          #expect((length - 1).magnitude < 1000 * Double(E.ulpOfOne))
        }
      }
    }
    try check(type)
  }

  @Test(arguments: elementTypes)
  func schur(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      try Case.forEach(type) { matrix, given in
        let a = given.square
        let schur = try a.schur()
        let (t, z) = (double(schur.t), double(schur.z))
        expect(residual(double(a), z * t * z.transpose, type), "schur", matrix)
        expect(orthogonality(schur.z), "z", matrix)
        // Expectations take longer than comparisons.
        var isHessenberg = true
        for i in 0..<a.rows {
          for j in 0..<max(0, i - 1) where t[i, j] != 0 { isHessenberg = false }
          if i > 0 && schur.t[i, i - 1] != 0 {
            #expect(schur.values[i].imaginary < 0 && schur.values[i - 1].imaginary > 0)
          }
        }
        #expect(isHessenberg)
      }
    }
    try check(type)
  }

  /// Inverses by each factorization: ‖A X − I‖₁ / (n κ₁(A) ε).
  @Test(arguments: elementTypes)
  func inverses(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      try Case.forEach(type) { matrix, given in
        guard matrix.family == .random || matrix.family == .graded else { return }
        func expectInverse(_ a: Matrix<E>, _ x: Matrix<E>, _ name: String) {
          let error = oneNorm(double(a) * double(x) - Matrix.identity(a.rows))
          let size = oneNorm(a) * oneNorm(x) * Double(a.rows) * Double(E.ulpOfOne)
          expect(error / size, name, matrix)
        }
        let a = given.square
        expectInverse(a, try a.inverse(), "inverse")
        expectInverse(a, try a.lu().inverse(), "lu")
        let symmetric = given.symmetric
        expectInverse(symmetric, try symmetric.ldlt().inverse(), "ldlt")
        var definite = a * a.transpose
        for i in 0..<a.rows { definite[i, i] += 1 }
        let inverse = try definite.cholesky().inverse()
        expectInverse(definite, inverse, "cholesky")
        #expect(inverse == inverse.transposed)
      }
    }
    try check(type)
  }
}
