import Foundation
import LinearAlgebra
import Testing

@Suite struct MatrixExponentialTests {
  @Test(arguments: elementTypes)
  func closedForms(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      for n in 1...4 {
        #expect(try Matrix<E>(rows: n, columns: n).matrixExponential() == Matrix.identity(n))
      }
      // Nilpotent: the series ends.
      for scale in [E(0.01), 0.5, 4, 100] {
        let a: Matrix<E> = scale * Matrix<E>([[0, 1, 2], [0, 0, 3], [0, 0, 0]])
        let expected = Matrix<E>.identity(3) + a + (a * a) / 2
        #expect(
          try a.matrixExponential().isApproximatelyEqual(
            to: expected, absoluteTolerance: 40 * E.ulpOfOne * (1 + scale * scale),
            relativeTolerance: 40 * E.ulpOfOne))
      }
      // Diagonal.
      for scale in [1e-3, 0.1, 0.7, 1.5, 4, 20] {
        let exponents = [-1, 0.25, 1].map { $0 * scale }
        let a = Matrix<E>.diagonal(exponents.map { E($0) })
        let expected = Matrix<E>.diagonal(exponents.map { E(Foundation.exp(Double(E($0)))) })
        let result = try a.matrixExponential()
        for i in 0..<3 {
          // Squaring doubles relative errors.
          let tolerance = 20 * E.ulpOfOne * E(max(1, scale))
          #expect((result[i, i] - expected[i, i]).magnitude <= tolerance * expected[i, i])
          for j in 0..<3 where i != j { #expect(result[i, j] == 0) }
        }
      }
      // Rotation.
      for angle in [1e-4, 0.1, 1, 3, 10, 100] {
        let a: Matrix<E> = [[0, E(-angle)], [E(angle), 0]]
        let (c, s) = (E(cos(Double(E(angle)))), E(sin(Double(E(angle)))))
        #expect(
          try a.matrixExponential().isApproximatelyEqual(
            to: Matrix<E>([[c, -s], [s, c]]), absoluteTolerance: 20 * E.ulpOfOne * E(max(1, angle)),
            relativeTolerance: 0))
      }
    }
    try check(type)
  }

  /// exp(A) exp(-A) = I, exp(A)² = exp(2A) and exp(Aᵀ) = exp(A)ᵀ, for norms that need each degree.
  @Test(arguments: elementTypes, [1, 2, 5, 20])
  func identities(type: any MatrixElement.Type, order: Int) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let random: Matrix<E> = randomMatrix(order, order, of: type)
      for norm in [1e-3, 0.1, 0.5, 1.5, 3, 5, 8] {
        let a = random * E(norm / oneNorm(random))
        let exponential = try a.matrixExponential()
        let tolerance = 100 * E.ulpOfOne * E(order)
        func expectSame(_ x: Matrix<E>, _ y: Matrix<E>, _ scale: Double) {
          #expect(oneNorm(x - y) <= Double(tolerance) * scale)
        }
        let inverse = try (-a).matrixExponential()
        expectSame(
          exponential * inverse, Matrix.identity(order), oneNorm(exponential) * oneNorm(inverse))
        let twice = try (2 * a).matrixExponential()
        expectSame(exponential * exponential, twice, oneNorm(exponential) * oneNorm(exponential))
        expectSame(
          try a.transpose.matrixExponential(), exponential.transposed, oneNorm(exponential))
      }
    }
    try check(type)
  }

  /// The exponential of a symmetric matrix is a function of its eigenvalues.
  @Test(arguments: elementTypes, [3, 17, 40])
  func symmetric(type: any MatrixElement.Type, order: Int) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let random: Matrix<E> = randomMatrix(order, order, of: type)
      let a = random + random.transpose
      let reference = try double(a).symmetricEigen().map { (x: Double) -> Double in
        Foundation.exp(x)
      }
      let error = oneNorm(double(try a.matrixExponential()) - reference)
      #expect(error <= 100 * Double(E.ulpOfOne) * oneNorm(a) * oneNorm(reference))
    }
    try check(type)
  }

  /// A nonnormal matrix whose norm is far larger than its exponential requires: scaling by the norm would lose
  /// all digits (Al-Mohy and Higham 2009).
  @Test func avoidsOverscaling() throws {
    let a = Matrix<Double>([[1, 1e7], [0, -1]])
    let e = try a.matrixExponential()
    #expect((e[0, 0] - 2.718281828459045).magnitude < 1e-14)
    #expect((e[0, 1] / 1.1752011936438014e7 - 1).magnitude < 1e-14)
    #expect((e[1, 1] - 0.36787944117144233).magnitude < 1e-14)
  }

  @Test func reportsOverflow() throws {
    #expect(throws: FactorizationError.overflow(operation: "matrixExponential")) {
      try Matrix<Float>([[1000]]).matrixExponential()
    }
    #expect(throws: FactorizationError.overflow(operation: "matrixExponential")) {
      try Matrix<Double>.diagonal([1e4, 1]).matrixExponential()
    }
    // Underflow is no error.
    #expect(try Matrix<Double>([[-1e4]]).matrixExponential()[0, 0] == 0)
    // Powers of the matrix overflow although its exponential does not.
    // The matrix decays. In a rotation, each squaring would double the rounding error of the angle.
    let decay = Matrix<Float>([[-1e10, 1e9], [0, -2e10]])
    #expect(try decay.matrixExponential().array.allSatisfy { abs($0) < 1e-6 })
  }
}
