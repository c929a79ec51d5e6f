import LinearAlgebra
import Testing

/// Identities and closed forms of each factorization.
@Suite struct FactorizationTests {
  @Test(arguments: elementTypes)
  func choleskyOfKnownMatrix(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let a: Matrix<E> = [[4, 12, -16], [12, 37, -43], [-16, -43, 98]]
      let expected: Matrix<E> = [[2, 0, 0], [6, 1, 0], [-8, 5, 3]]
      #expect(try a.cholesky().l == expected)
      // Only the lower triangle is read.
      var lower = a
      lower[0, 1] = .nan
      lower[0, 2] = 1e9
      #expect(try lower.cholesky().l == expected)
      let factor = try a.cholesky()
      #expect((factor.determinant - 36).magnitude < 1e-3)
      #expect((factor.logDeterminant - 3.5835189).magnitude < 1e-5)
      #expect(try factor.solve([4, 12, -16]).elementsEqual([1, 0, 0]))
    }
    try check(type)
  }

  @Test(arguments: [(Float(1), -1, 3), (-1, 1, 1), (1, 0, 3)] as [(Float, Float, Int)])
  func choleskyNamesTheMinor(first: Float, last: Float, minor: Int) {
    let a = Matrix.diagonal([first, 2, last])
    #expect(
      throws: FactorizationError.notPositiveDefinite(operation: "cholesky", minor: minor)
    ) { try a.cholesky() }
  }

  /// A product that overflows is not positive definite either.
  @Test func choleskyRejectsOverflow() {
    let huge = Float.greatestFiniteMagnitude
    let a = Matrix<Float>([[1e-30, 0, 0], [huge, 1, 0], [huge, huge, 1]])
    #expect(throws: FactorizationError.self) { try a.cholesky() }
  }

  @Test(arguments: elementTypes)
  func luOfKnownMatrix(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let a: Matrix<E> = [[1, 2, 4], [2, 1, 3], [4, 4, 2]]
      let lu = try a.lu()
      #expect(lu.permutation == [2, 1, 0])
      #expect(lu.l == [[1, 0, 0], [0.5, 1, 0], [0.25, -1, 1]])
      #expect(lu.u == [[4, 4, 2], [0, -1, 2], [0, 0, 5.5]])
      #expect((lu.determinant - 22).magnitude < 1e-4)
      #expect(lu.logDeterminant.sign == 1)
      #expect((lu.logDeterminant.logMagnitude - 3.0910425).magnitude < 1e-5)
      #expect(lu.zeroPivot == nil)
      // Without exchanging rows, the first pivot would be zero.
      let b: Matrix<E> = [[0, 2], [1, 1]]
      #expect(try b.solve([2, 3]) == [2, 1])
      #expect(try b.lu().solveTransposed([1, 3]) == [1, 1])
      #expect(try b.determinant() == -2)
      #expect(try b.logDeterminant().sign == -1)
    }
    try check(type)
  }

  @Test func singularMatricesHaveFactors() throws {
    let a = Matrix<Double>([[1, 2], [2, 4]])
    let lu = try a.lu()
    #expect(lu.zeroPivot == 1)
    #expect(lu.determinant == 0)
    #expect(lu.logDeterminant == (0, -.infinity))
    #expect(try lu.conditionNumber() == .infinity)
    #expect(throws: FactorizationError.singular(operation: "solve", pivot: 1)) {
      try lu.solve([1, 1])
    }
    #expect(throws: FactorizationError.singular(operation: "solveTransposed", pivot: 1)) {
      try lu.solveTransposed([1, 1])
    }
    #expect(throws: FactorizationError.singular(operation: "inverse", pivot: 1)) {
      try lu.inverse()
    }
    let zero = Matrix<Float>(rows: 2, columns: 2)
    #expect(throws: FactorizationError.singular(operation: "solve", pivot: 0)) {
      try zero.solve([1, 1])
    }
    #expect(throws: FactorizationError.singular(operation: "solve", pivot: 0)) {
      try zero.ldlt().solve([1, 1])
    }
    #expect(try zero.ldlt().conditionNumber() == .infinity)
    #expect(throws: FactorizationError.singular(operation: "inverse", pivot: 0)) {
      try zero.ldlt().inverse()
    }
    #expect(try zero.ldlt().logDeterminant == (0, -.infinity))
  }

  /// Determinants that exceed the range have logarithms, with the sign of the permutation.
  @Test(arguments: elementTypes)
  func logDeterminants(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      for n in [1, 2, 5, 40] {
        for factor in [E(1e10), 1e-10] {
          for negative in [0, 1, 2] where negative <= n {
            let diagonal = (0..<n).map { $0 < negative ? -factor : factor }
            let a = Matrix.diagonal(diagonal)
            let sign: E = negative == 1 ? -1 : 1
            let expected = E(n) * E(factor > 1 ? 23.025850929940457 : -23.025850929940457)
            for (s, l) in [
              try a.lu().logDeterminant, try a.qr().logDeterminant, try a.ldlt().logDeterminant,
              try a.qr(pivoting: true).logDeterminant, try a.symmetricEigen().logDeterminant,
              try a.logDeterminant(),
            ] {
              #expect(s == sign)
              #expect((l - expected).magnitude <= 1e-5 * expected.magnitude)
            }
          }
        }
      }
      // Each exchange of rows changes the sign.
      for shift in 0..<5 {
        let a = Matrix<E>(rows: 5, columns: 5) { ($0 + shift) % 5 == $1 ? 2 : 0 }
        #expect(try a.determinant() == 32)
        #expect((try a.qr().determinant - 32).magnitude < 1e-3)
        #expect((try a.qr(pivoting: true).determinant - 32).magnitude < 1e-3)
        #expect(try a.rows(at: [1, 0, 2, 3, 4]).determinant() == -32)
        #expect((try a.rows(at: [1, 0, 2, 3, 4]).qr().determinant + 32).magnitude < 1e-3)
      }
      // An indefinite block of order 2.
      let saddle: Matrix<E> = [[0, 3], [3, 0]]
      #expect((try saddle.ldlt().determinant + 9).magnitude < 1e-4)
      #expect(try saddle.ldlt().inertia == (1, 1, 0))
    }
    try check(type)
  }

  @Test func ldltOfKnownMatrices() throws {
    let a = Matrix<Double>([[0, 1, 2], [1, 0, 3], [2, 3, 0]])
    let factor = try a.ldlt()
    #expect((factor.determinant - 12).magnitude < 1e-12)
    #expect(factor.inertia == (1, 2, 0))
    #expect(factor.order == 3)
    let definite = Matrix<Double>([[2, 1], [1, 2]])
    #expect(try definite.ldlt().inertia == (2, 0, 0))
    #expect(try Matrix<Double>(rows: 3, columns: 3).ldlt().inertia == (0, 0, 3))
    // Only the lower triangle is read.
    var lower = a
    lower[0, 2] = .nan
    #expect(try lower.ldlt().l == factor.l)
    #expect(try lower.ldlt().d == factor.d)
  }

  @Test func qrShowsRank() throws {
    let a = Matrix<Double>(rows: 5, columns: 3) { Double($0 + 1) + Double(2 * $1) }
    #expect(try a.qr(pivoting: true).rank() == 2)
    #expect(try a.rank() == 2)
    #expect(try a.svd().rank() == 2)
    #expect(try a.transpose.rank() == 2)
    #expect(try Matrix<Double>.identity(4).rank() == 4)
    #expect(try Matrix<Double>(rows: 3, columns: 4).rank() == 0)
    #expect(try Matrix<Double>.diagonal([1, 1e-3, 1e-6]).rank(tolerance: 1e-4) == 2)
    #expect(
      try Matrix<Double>.diagonal([1, -1e-3, 1e-6]).symmetricEigen().rank(tolerance: 1e-4) == 2)
    #expect(
      try Matrix<Double>.diagonal([1, 1e-3, 1e-6]).qr(pivoting: true).rank(tolerance: 1e-4) == 2)
  }

  /// The second difference has the eigenvalues 2 - 2 cos(π k / (n + 1)); n = 3 gives 2 and 2 ± √2.
  @Test(arguments: elementTypes)
  func symmetricEigenOfKnownMatrix(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      var a: Matrix<E> = [[2, -1, 0], [-1, 2, -1], [0, -1, 2]]
      let full = a
      // Only the lower triangle is read.
      a[0, 1] = .infinity
      let eigen = try a.symmetricEigen()
      let root = E(2).squareRoot()
      for (x, y) in zip(eigen.values, [2 - root, 2, 2 + root]) {
        #expect((x - y).magnitude < 10 * E.ulpOfOne)
      }
      for (x, y) in zip(try a.symmetricEigenvalues(), eigen.values) {
        #expect((x - y).magnitude < 10 * E.ulpOfOne)
      }
      #expect((eigen.determinant - 4).magnitude < 1e-4)
      #expect((eigen.conditionNumber - (2 + root) / (2 - root)).magnitude < 1e-3)
      let squareRoot = eigen.map { $0.squareRoot() }
      #expect(
        (squareRoot * squareRoot).isApproximatelyEqual(to: full, absoluteTolerance: 20 * E.ulpOfOne)
      )
      #expect(squareRoot == squareRoot.transposed)
    }
    try check(type)
  }

  /// A rotation has the eigenvalues exp(±iφ).
  @Test(arguments: elementTypes)
  func eigenOfRotation(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let a: Matrix<E> = [[0.6, -0.8, 0], [0.8, 0.6, 0], [0, 0, 2]]
      let eigen = try a.eigen()
      let values = try a.eigenvalues()
      let schur = try a.schur()
      for list in [eigen.values, values, schur.values] {
        #expect(list.count == 3)
        #expect((list[0].real - 0.6).magnitude < 1e-6 && (list[0].imaginary - 0.8).magnitude < 1e-6)
        #expect(list[1] == Eigenvalue(real: list[0].real, imaginary: -list[0].imaginary))
        #expect(list[2] == Eigenvalue(real: 2))
        #expect((list[0].magnitude - 1).magnitude < 1e-6)
      }
      #expect(eigen.vectors == nil)
      #expect(eigen.imaginaryVectors[2, 2] == 0)
      let triangular: Matrix<E> = [[1, 5], [0, 2]]
      #expect(try triangular.eigen().vectors != nil)
      #expect(try triangular.eigen().realVectors == triangular.eigen().vectors)
      #expect(try triangular.schur().t == triangular)
    }
    try check(type)
  }

  @Test func magnitudesOfEigenvalues() {
    #expect(Eigenvalue<Float>(real: 3e38, imaginary: 0).magnitude == 3e38)
    #expect(Eigenvalue<Float>(real: 3, imaginary: -4).magnitude == 5)
    #expect(Eigenvalue<Double>(real: 0, imaginary: 0).magnitude == 0)
  }

  /// A matrix of rank one has one singular value: the product of the lengths.
  @Test(arguments: elementTypes)
  func svdOfKnownMatrix(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let a: Matrix<E> = [[3, 6, 6], [4, 8, 8]]
      let svd = try a.svd()
      #expect((svd.values[0] - 15).magnitude < 100 * E.ulpOfOne)
      #expect(svd.values[1].magnitude < 100 * E.ulpOfOne)
      #expect(svd.rank() == 1)
      #expect(svd.u.shape == (2, 2) && svd.vTransposed.shape == (2, 3))
      let full = try a.svd(full: true)
      #expect(full.u.shape == (2, 2) && full.vTransposed.shape == (3, 3))
      #expect(orthogonality(full.vTransposed) < 30)
      #expect(try a.transpose.svd(full: true).u.shape == (3, 3))
      // The pseudoinverse of a uᵀ v with ‖u v‖ = 15 is its transpose over 15².
      let expected = a.transposed / 225
      #expect(
        try a.pseudoInverse().isApproximatelyEqual(to: expected, absoluteTolerance: 10 * E.ulpOfOne)
      )
      let x = try svd.solve([3, 4])
      for (x, y) in zip(x, [E(1) / 9, E(2) / 9, E(2) / 9]) {
        #expect((x - y).magnitude < 10 * E.ulpOfOne)
      }
      #expect(try Matrix<E>.diagonal([4, 2]).conditionNumber() == 2)
      #expect(try Matrix<E>.diagonal([4, 0]).conditionNumber() == .infinity)
    }
    try check(type)
  }

  /// A⁺ satisfies the four conditions of Penrose.
  @Test(arguments: elementTypes, [(5, 3), (3, 5), (4, 4), (6, 1)])
  func pseudoInverses(type: any MatrixElement.Type, shape: (Int, Int)) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      for family in [Family.random, .rankDeficient] {
        let a = family.matrix(shape.0, shape.1, seed: 5, of: type)
        let p = try a.pseudoInverse(tolerance: 1e-5)
        #expect(p.shape == (shape.1, shape.0))
        let tolerance = 1000 * E.ulpOfOne * max(1, E(oneNorm(p)))
        #expect((a * p * a).isApproximatelyEqual(to: a, absoluteTolerance: tolerance))
        #expect((p * a * p).isApproximatelyEqual(to: p, absoluteTolerance: tolerance))
        #expect((a * p).transposed.isApproximatelyEqual(to: a * p, absoluteTolerance: tolerance))
        #expect((p * a).transposed.isApproximatelyEqual(to: p * a, absoluteTolerance: tolerance))
      }
    }
    try check(type)
  }

  /// Estimates of the condition number are at most the exact one in the 1-norm, and near it.
  @Test(arguments: elementTypes)
  func conditionNumbers(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      for n in [1, 2, 3, 10, 30] {
        let a: Matrix<E> = randomMatrix(n, n, of: type) + Matrix.identity(n)
        func expectNear(_ estimate: E, _ a: Matrix<E>) throws {
          let exact = oneNorm(a) * oneNorm(try a.inverse())
          #expect(Double(estimate) < exact * 1.01 && Double(estimate) > exact / 10)
        }
        try expectNear(a.lu().conditionNumber(), a)
        let symmetric = a + a.transpose
        try expectNear(symmetric.ldlt().conditionNumber(), symmetric)
        let definite = Matrix.naiveProduct(a, a, transposeB: true) + Matrix.identity(n)
        try expectNear(definite.cholesky().conditionNumber(), definite)
        try expectNear(a.qr().conditionNumber(), a.qr().r)
      }
    }
    try check(type)
  }
}
