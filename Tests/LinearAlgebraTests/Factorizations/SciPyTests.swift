import Foundation
import LinearAlgebra
import Testing

/// Comparisons with NumPy and SciPy, if `python3` has them.
@Suite struct SciPyTests {
  /// Sends matrices to Python and returns the numbers of its answer, one list for each line; nil if Python or
  /// one of its packages is absent.
  private static func run(_ program: String, _ matrices: [Matrix<Double>]) throws -> [[Double]]? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let prologue = """
      import sys
      try:
        import numpy as np, scipy.linalg as sl
      except ImportError:
        sys.exit(77)
      lines = sys.stdin.read().split('\\n')
      def read():
        rows, columns = map(int, lines.pop(0).split())
        return np.array(list(map(float, lines.pop(0).split()))).reshape(rows, columns)
      def write(x):
        print(*(repr(float(v)) for v in np.asarray(x).ravel()))

      """
    process.arguments = ["python3", "-c", prologue + program]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return nil }
    var text = ""
    for matrix in matrices {
      text += "\(matrix.rows) \(matrix.columns)\n"
      text += matrix.array.map { "\($0)" }.joined(separator: " ") + "\n"
    }
    // A Python without the packages closes its input.
    try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try? input.fileHandleForWriting.close()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    if process.terminationStatus == 77 || process.terminationStatus == 127 { return nil }
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: " ").compactMap { Double($0) }
    }
  }

  @Test func agreesWithSciPy() throws {
    let n = 12
    let a: Matrix<Double> = randomMatrix(n, n, seed: 21, of: Double.self)
    let tall: Matrix<Double> = randomMatrix(20, n, seed: 22, of: Double.self)
    let b: Matrix<Double> = randomMatrix(n, 3, seed: 23, of: Double.self)
    let c: Matrix<Double> = randomMatrix(20, 2, seed: 24, of: Double.self)
    let symmetric = a + a.transpose
    let definite = Matrix.naiveProduct(a, a, transposeB: true) + Matrix.identity(n)
    let program = """
      a, tall, b, c, s, p = (read() for _ in range(6))
      write(sl.cholesky(p, lower=True))
      write(sl.solve(a, b))
      write(sl.inv(a))
      write(sl.det(a))
      write(np.linalg.slogdet(a)[1])
      write(sl.svdvals(tall))
      write(sl.eigvalsh(s))
      write(sorted(sl.eigvals(a).real))
      write(np.abs(sl.qr(tall, mode='r')[0][:12]))
      write(np.abs(sl.qr(tall, mode='r', pivoting=True)[0][:12]))
      write(sl.lstsq(tall, c)[0])
      write(sl.lstsq(tall.T, b)[0])
      write(sl.pinv(tall))
      write(sl.expm(a))
      write(np.linalg.cond(a))
      write(sl.solve_triangular(a, b, lower=True))
      write(np.linalg.solve(tall.T @ tall + 0.5 * np.eye(12), tall.T @ c))
      write(sl.ldl(s)[1])
      write(np.abs(sl.lu(a)[2]))
      """
    guard let answers = try Self.run(program, [a, tall, b, c, symmetric, definite]) else {
      print("SciPyTests: skipped, because python3 with numpy and scipy is absent")
      return
    }
    func magnitudes(_ matrix: Matrix<Double>) -> [Double] { matrix.array.map(\.magnitude) }
    let expected: [(String, [Double])] = [
      ("cholesky", try definite.cholesky().l.array),
      ("solve", try a.solve(b).array),
      ("inverse", try a.inverse().array),
      ("determinant", [try a.determinant()]),
      ("logDeterminant", [try a.logDeterminant().logMagnitude]),
      ("singularValues", try tall.singularValues()),
      ("symmetricEigenvalues", try symmetric.symmetricEigenvalues()),
      ("eigenvalues", try a.eigenvalues().map(\.real).sorted()),
      ("qr", magnitudes(try tall.qr().r)),
      ("pivoted qr", magnitudes(try tall.qr(pivoting: true).r)),
      ("leastSquares", try tall.leastSquares(c).array),
      ("minimum norm", try tall.transpose.leastSquares(b, tolerance: 1e-12).array),
      ("pseudoInverse", try tall.pseudoInverse().array),
      ("matrixExponential", try a.matrixExponential().array),
      ("conditionNumber", [try a.conditionNumber()]),
      ("solveTriangular", try a.solveTriangular(b, .lower).array),
      ("ridge", try tall.ridge(c, penalty: 0.5).array),
      ("ldlt", try symmetric.ldlt().d.array),
      ("lu", magnitudes(try a.lu().u)),
    ]
    #expect(answers.count == expected.count)
    for ((name, ours), theirs) in zip(expected, answers) {
      #expect(ours.count == theirs.count, "\(name)")
      let scale = theirs.map(\.magnitude).max() ?? 0
      for (x, y) in zip(ours, theirs) where (x - y).magnitude > 1e-9 * scale {
        Issue.record("\(name): \(x), but SciPy has \(y)")
        break
      }
    }
  }
}
