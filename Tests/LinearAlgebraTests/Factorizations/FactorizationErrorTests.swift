import Foundation
import LinearAlgebra
import Testing

/// Errors that are thrown, and mistakes that stop the program.
@Suite struct FactorizationErrorTests {
  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func rejectsNonFiniteMatrices(_ value: Float) throws {
    func check<E: MatrixElement>(_ type: E.Type) throws {
      var a = Matrix<E>.identity(3)
      a[2, 1] = E(value)
      let identity = Matrix<E>.identity(3)
      func expectError(
        _ operation: String, _ operand: String = "matrix", row: Int = 2, column: Int = 1,
        _ body: () throws -> Void
      ) {
        #expect(
          throws: FactorizationError.notFinite(
            operation: operation, operand: operand, row: row, column: column), performing: body)
      }
      expectError("cholesky") { _ = try a.cholesky() }
      expectError("lu") { _ = try a.lu() }
      expectError("lu", row: 1, column: 2) { _ = try a.transpose.lu() }
      expectError("qr") { _ = try a.qr() }
      expectError("qr", row: 1, column: 2) { _ = try a.transpose.qr() }
      expectError("ldlt") { _ = try a.ldlt() }
      expectError("svd") { _ = try a.svd() }
      expectError("singularValues") { _ = try a.singularValues() }
      expectError("symmetricEigen") { _ = try a.symmetricEigen() }
      expectError("symmetricEigenvalues") { _ = try a.symmetricEigenvalues() }
      expectError("eigen") { _ = try a.eigen() }
      expectError("eigenvalues") { _ = try a.eigenvalues() }
      expectError("schur") { _ = try a.schur() }
      expectError("solve") { _ = try a.solve(identity) }
      expectError("inverse") { _ = try a.inverse() }
      expectError("determinant") { _ = try a.determinant() }
      expectError("matrixExponential") { _ = try a.matrixExponential() }
      expectError("leastSquares") { _ = try a.leastSquares(identity) }
      expectError("leastSquares") { _ = try a.leastSquares(identity, tolerance: 0) }
      expectError("ridge") { _ = try a.ridge(identity, penalty: 1) }
      expectError("ridge", row: 1, column: 1) {
        let wide = Matrix(a.rows(1..<3).view)
        _ = try wide.transpose.ridge(identity, penalty: 1)
      }
      expectError("pseudoInverse") { _ = try a.pseudoInverse() }
      expectError("rank") { _ = try a.rank() }
      expectError("conditionNumber") { _ = try a.conditionNumber() }
      expectError("solveTriangular") { _ = try a.solveTriangular(identity, .lower) }
      // The other triangle is not read.
      #expect(try a.solveTriangular(identity, .upper) == identity)

      expectError("solve", "right side") { _ = try identity.solve(a) }
      expectError("solve", "right side") { _ = try identity.cholesky().solve(a) }
      expectError("solve", "right side") { _ = try identity.ldlt().solve(a) }
      expectError("solve", "right side") { _ = try identity.svd().solve(a) }
      expectError("leastSquares", "right side") { _ = try identity.leastSquares(a) }
      expectError("leastSquares", "right side") { _ = try identity.leastSquares(a, tolerance: 0) }
      expectError("ridge", "right side") { _ = try identity.ridge(a, penalty: 1) }
      expectError("solveTriangular", "right side") { _ = try identity.solveTriangular(a, .lower) }
      expectError("solve", "right side", row: 1, column: 0) {
        _ = try identity.solve([0, E(value), 0])
      }
    }
    try check(Float.self)
    try check(Double.self)
  }

  @Test func errorsNameTheProblem() {
    let cases: [(FactorizationError, [String])] = [
      (.notPositiveDefinite(operation: "cholesky", minor: 3), ["cholesky", "order 3", "ldlt"]),
      (.singular(operation: "solve", pivot: 1), ["solve", "pivot 1", "leastSquares"]),
      (.rankDeficient(operation: "leastSquares", column: 4), ["leastSquares", "column 4"]),
      (.noConvergence(operation: "svd", remaining: 2), ["svd", "2", "scale"]),
      (.noMemory(operation: "lu"), ["lu", "memory", "ulimit"]),
      (
        .notFinite(operation: "qr", operand: "right side", row: 5, column: 6),
        ["qr", "(5, 6)", "right side"]
      ),
      (.overflow(operation: "matrixExponential"), ["matrixExponential", "range"]),
      (
        .inStack(index: 7, error: .singular(operation: "lu", pivot: 1)),
        ["matrix 7", "pivot 1"]
      ),
    ]
    for (error, parts) in cases {
      for part in parts { #expect(error.description.contains(part)) }
      #expect(!error.description.contains("\n"))
    }
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["LANGEVIN_EMULATED"] == nil,
      "exit tests do not run in the emulator"))
  func stopsAtMismatchedShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try Matrix<Double>.identity(3).cholesky().solve(Matrix<Double>(rows: 2, columns: 1))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("2 × 1") && text.contains("3 equations"))
    await #expect(processExitsWith: .failure) {
      _ = try Matrix<Float>(rows: 2, columns: 3).cholesky()
    }
    await #expect(processExitsWith: .failure) { _ = try Matrix<Float>(rows: 2, columns: 3).eigen() }
    await #expect(processExitsWith: .failure) {
      _ = try Matrix<Float>(rows: 2, columns: 3).leastSquares(Matrix<Float>(rows: 2, columns: 1))
    }
  }
}
