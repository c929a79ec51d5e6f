import LinearAlgebra
import Testing

@Suite struct MatrixStackTests {
  private static let orders = [1, 2, 3, 8, 17, 32, 33, 40]

  private func stack<E: MatrixElement>(
    _ count: Int, _ rows: Int, _ columns: Int, seed: UInt64, of type: E.Type
  ) -> MatrixStack<E> {
    MatrixStack(stacked: randomMatrix(count * rows, columns, seed: seed, of: type), count: count)
  }

  @Test(arguments: elementTypes)
  func values(type: any MatrixElement.Type) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      var s = MatrixStack<E>(count: 3, rows: 2, columns: 4, repeating: 5)
      #expect(s.count == 3 && s.rows == 2 && s.columns == 4)
      let copy = s
      s[1] = Matrix(rows: 2, columns: 4) { E(4 * $0 + $1) }
      #expect(copy[1] == Matrix(rows: 2, columns: 4, repeating: 5))
      #expect(s.matrices.count == 3 && s[0] == copy[0] && s[2] == copy[2])
      #expect(s.view(1)[1, 3] == 7)
      #expect(MatrixStack(s.matrices) == s)
      #expect(s.transposed[1] == s[1].transposed)
      #expect(MatrixStack(stacked: s.stacked, count: 3) == s)
      #expect(MatrixStack<E>([]).count == 0)
    }
    try check(type)
  }

  @Test(
    arguments: elementTypes,
    [(1, 1, 1), (2, 3, 4), (16, 16, 16), (5, 32, 7), (40, 3, 2), (3, 65, 2)])
  func products(type: any MatrixElement.Type, shape: (Int, Int, Int)) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let (rows, inner, columns) = shape
      let a = stack(5, rows, inner, seed: 1, of: type)
      let b = stack(5, inner, columns, seed: 2, of: type)
      let c = a * b
      #expect(c.count == 5 && c.rows == rows && c.columns == columns)
      for i in 0..<5 {
        #expect(
          c[i].isApproximatelyEqual(
            to: Matrix.naiveProduct(a[i], b[i]), absoluteTolerance: 4 * E(inner) * E.ulpOfOne))
      }
    }
    try check(type)
  }

  @Test(arguments: elementTypes, orders)
  func cholesky(type: any MatrixElement.Type, order: Int) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let half = stack(4, order, order, seed: 3, of: type)
      let a = MatrixStack(
        half.matrices.map {
          Matrix.naiveProduct($0, $0, transposeB: true) + Matrix.identity(order)
        })
      let factors = try a.cholesky()
      for i in 0..<4 {
        let l = double(factors.l[i])
        #expect(residual(double(a[i]), l * l.transpose, type) < 30)
        let expected = try a[i].cholesky().logDeterminant
        #expect(
          (factors.logDeterminants[i] - expected).magnitude < 1e-4 * (1 + expected.magnitude))
      }
      for sides in [1, 4, 20] {
        let b = stack(4, order, sides, seed: 4, of: type)
        let x = try factors.solve(b)
        for i in 0..<4 { #expect(solveResidual(a[i], x[i], b[i]) < 30) }
      }
    }
    try check(type)
  }

  @Test(arguments: elementTypes, orders)
  func lu(type: any MatrixElement.Type, order: Int) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      let a = stack(4, order, order, seed: 5, of: type)
      let factors = try a.lu()
      #expect(factors.count == 4 && factors.order == order)
      for sides in [1, 4, 20] {
        let b = stack(4, order, sides, seed: 6, of: type)
        let x = try factors.solve(b)
        for i in 0..<4 { #expect(solveResidual(a[i], x[i], b[i]) < 30) }
      }
      for i in 0..<4 {
        let expected = try a[i].logDeterminant()
        #expect(factors.logDeterminants[i].sign == expected.sign)
        #expect(
          (factors.logDeterminants[i].logMagnitude - expected.logMagnitude).magnitude
            < 1e-3 * (1 + expected.logMagnitude.magnitude))
        let determinant = try a[i].determinant()
        #expect(
          (factors.determinants[i] - determinant).magnitude <= 1e-3 * determinant.magnitude)
      }
    }
    try check(type)
  }

  @Test(arguments: [3, 40])
  func failuresNameTheMatrix(order: Int) throws {
    var a = MatrixStack<Double>(Array(repeating: .identity(order), count: 3))
    a[1] = Matrix.diagonal([1, -1] + Array(repeating: 1, count: order - 2))
    #expect(
      throws: FactorizationError.inStack(
        index: 1, error: .notPositiveDefinite(operation: "cholesky", minor: 2))
    ) { try a.cholesky() }
    _ = try a.lu()
    a[1] = Matrix.diagonal([1, 0] + Array(repeating: 1, count: order - 2))
    #expect(
      throws: FactorizationError.inStack(index: 1, error: .singular(operation: "lu", pivot: 1))
    ) { try a.lu() }
    var matrix = Matrix<Double>.identity(order)
    matrix[2, 1] = .nan
    a[1] = .identity(order)
    let regular = a
    a[2] = matrix
    let error = FactorizationError.notFinite(
      operation: "lu", operand: "matrix", row: 2, column: 1)
    #expect(throws: FactorizationError.inStack(index: 2, error: error)) { try a.lu() }
    let choleskyError = FactorizationError.notFinite(
      operation: "cholesky", operand: "matrix", row: 2, column: 1)
    #expect(throws: FactorizationError.inStack(index: 2, error: choleskyError)) {
      try a.cholesky()
    }
    let right = FactorizationError.notFinite(
      operation: "solve", operand: "right side", row: 2, column: 1)
    #expect(throws: FactorizationError.inStack(index: 2, error: right)) {
      try regular.lu().solve(a)
    }
    #expect(throws: FactorizationError.inStack(index: 2, error: right)) {
      try regular.cholesky().solve(a)
    }
  }

  @Test func emptyStacks() throws {
    for (count, order) in [(0, 0), (3, 0), (0, 2)] {
      let a = MatrixStack<Float>(count: count, rows: order, columns: order)
      let b = MatrixStack<Float>(count: count, rows: a.rows, columns: 2)
      #expect(try a.lu().solve(b) == b)
      #expect(try a.cholesky().solve(b) == b)
      #expect((a * a) == a)
    }
  }

  @Test func stopsAtMismatchedShapes() async {
    await #expect(processExitsWith: .failure) {
      _ = MatrixStack([Matrix<Float>.identity(2), Matrix<Float>.identity(3)])
    }
    await #expect(processExitsWith: .failure) {
      _ =
        MatrixStack<Float>(count: 2, rows: 2, columns: 3)
        * MatrixStack(count: 3, rows: 3, columns: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = MatrixStack<Float>(count: 2, rows: 2, columns: 3)[2]
    }
  }
}
