import LinearAlgebra
import Testing

/// Matrices without rows, without columns, or without both must not stop the program.
@Suite struct EmptyMatrixTests {
  private static let shapes = [(0, 0), (0, 3), (3, 0)]

  private func isMissing(_ values: Matrix<Float>) -> Bool {
    (0..<values.columns).allSatisfy { values[0, $0].isNaN }
  }

  @Test(arguments: shapes)
  func arithmetic(rows: Int, columns: Int) {
    let empty = Matrix<Float>(rows: rows, columns: columns)
    for result in [
      empty + empty, empty - empty, empty .* empty, empty ./ empty, 2 * empty, empty / 2, -empty,
      exp(empty), log(onePlus: empty), softplus(empty), sigmoid(empty),
      empty.map { $0 + 1 }, RandomStream(seed: 1).normal(rows: rows, columns: columns),
      RandomStream(seed: 1).uniform(rows: rows, columns: columns), empty.transposed.transposed,
    ] { #expect(result == empty) }
    var sum = empty
    sum += empty
    sum -= empty
    sum *= 2
    sum += .eachRow(Matrix<Float>(rows: 1, columns: columns))
    #expect(sum == empty && empty.isEmpty && empty.isFinite)
    #expect(empty.maximumDifference(from: empty) == 0)
    #expect(empty.isApproximatelyEqual(to: empty))
    #expect(empty.description == "Matrix<Float> \(rows) × \(columns)" + rowsWithoutText(rows))
  }

  private func rowsWithoutText(_ rows: Int) -> String { String(repeating: "\n", count: rows) }

  @Test(arguments: shapes)
  func reductions(rows: Int, columns: Int) {
    let empty = Matrix<Float>(rows: rows, columns: columns)
    #expect(empty.sum == 0 && empty.squaredNorm == 0 && empty.norm == 0 && empty.mean.isNaN)
    #expect(empty.minimum == nil && empty.maximum == nil)
    #expect(empty.columnSums == Matrix<Float>(rows: 1, columns: columns))
    #expect(empty.rowSums == Matrix<Float>(rows: rows, columns: 1))
    #expect(isMissing(empty.columnMeans))
    #expect(isMissing(empty.columnStandardDeviations()))
  }

  @Test(arguments: shapes)
  func selections(rows: Int, columns: Int) {
    let empty = Matrix<Float>(rows: rows, columns: columns)
    #expect(empty.rows(0..<0) == Matrix<Float>(rows: 0, columns: columns))
    #expect(empty.rows(at: []) == Matrix<Float>(rows: 0, columns: columns))
    #expect(empty.columns(0..<0) == Matrix<Float>(rows: rows, columns: 0))
    #expect(empty.columns(0..<columns) == empty)
    #expect(Matrix.vertically([empty, empty]) == Matrix<Float>(rows: 2 * rows, columns: columns))
    #expect(Matrix.horizontally([empty, empty]) == Matrix<Float>(rows: rows, columns: 2 * columns))
    var resized = empty
    resized.resize(rows: 2)
    #expect(resized == Matrix<Float>(rows: 2, columns: columns))
    resized.resize(rows: 0)
    #expect(resized == Matrix<Float>(rows: 0, columns: columns))
  }

  @Test func emptyConstructions() {
    let none = Matrix<Float>(rows: 0, columns: 0)
    #expect(
      Matrix<Float>([]) == none && Matrix<Float>.identity(0) == none
        && Matrix<Float>.diagonal([]) == none)
    #expect(Matrix.vertically([]) == none && Matrix.horizontally([]) == none)
    let filled = Matrix<Float>([[1, 2]])
    #expect(filled.rows(at: []) == Matrix<Float>(rows: 0, columns: 2))
    var items: [Int] = []
    RandomStream(seed: 1).shuffle(&items)
    var numbers: [Int32] = []
    RandomStream(seed: 1).fillIntegers(below: 3, &numbers)
    #expect(items.isEmpty && numbers.isEmpty)
  }

  @Test(arguments: [Engine.automatic, .openBLAS, .swift], [(0, 2, 3), (2, 0, 3), (2, 3, 0)])
  func products(_ engine: Engine, shape: (rows: Int, inner: Int, columns: Int)) {
    let a = Matrix<Float>(rows: shape.rows, columns: shape.inner)
    let b = Matrix<Float>(rows: shape.inner, columns: shape.columns)
    let zeros = Matrix<Float>(rows: shape.rows, columns: shape.columns)
    #expect(Matrix.product(a, b, engine: engine) == zeros)
    #expect(
      Matrix.product(
        a.transposed, b.transposed, transposeA: true, transposeB: true, engine: engine) == zeros)
  }
}
