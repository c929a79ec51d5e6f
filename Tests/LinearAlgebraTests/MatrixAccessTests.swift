import Foundation
import LinearAlgebra
import Testing

/// Creating matrices, and reading and writing parts of them.
@Suite struct MatrixAccessTests {
  private static let matrix: Matrix<Double> = [[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23]]

  @Test func createsFromEverySource() {
    let expected = Self.matrix
    let flat = expected.array
    #expect(flat == [0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23])
    #expect(Matrix(rows: 3, columns: 4, elements: flat) == expected)
    #expect(Matrix(rows: 3, columns: 4, elements: flat.span) == expected)
    #expect(Matrix(rows: 3, columns: 4, elements: flat[...]) == expected)
    #expect(Matrix(rows: 3, columns: 4, elements: flat.lazy.map { $0 }) == expected)
    #expect(Matrix(expected.rowArrays) == expected)
    #expect(Matrix<Double>(Matrix<Float>(expected)) == expected)
    #expect(Matrix<Double>(rows: 3, columns: 4) { Double(10 * $0 + $1) } == expected)
    let bytes = unsafe flat.withUnsafeBytes { unsafe Data($0) }
    #expect(Matrix<Double>(rows: 3, columns: 4, bytes: bytes) == expected)
    #expect(Matrix(row: [1.0, 2]).shape == (1, 2) && Matrix(column: [1.0, 2]).shape == (2, 1))
    #expect(Matrix<Float>.zeros(2, 3).array == [0, 0, 0, 0, 0, 0])
    #expect(Matrix<Float>.ones(1, 2).array == [1, 1])
    #expect(Matrix<Double>.outer([1, 2], [3, 4]) == [[3, 4], [6, 8]])
    #expect(Matrix<Float>(rows: 1, columns: 1, repeating: -0.0)[0, 0].sign == .minus)
  }

  @Test func readsBlocks() {
    let a = Self.matrix
    #expect(a[0..<2, 1...] == [[1, 2, 3], [11, 12, 13]])
    #expect(a[..<2, ...1] == [[0, 1], [10, 11]])
    #expect(a[1, ...] == [[10, 11, 12, 13]] && a[..., 2] == [[2], [12], [22]])
    #expect(a[2, 1..<3] == [[21, 22]] && a[1..., 3] == [[13], [23]])
    #expect(a[1..., ...] == a.rows(1..<3) && a[..., ..<2] == a.columns(0..<2))
    #expect(a[..., ...] == a)
    #expect(a[1..<1, ...].isEmpty)
    #expect(Matrix(a.view[1..., 1...]) == a[1..., 1...])
    #expect(Matrix(a.view.steps(rows: 2, columns: 3)) == [[0, 3], [20, 23]])
    #expect(Matrix(a.view.steps(rows: .max, columns: .max)) == a[0...0, 0...0])
    #expect(Matrix(a.column(1)) == [[1], [11], [21]] && a.column(1)[2, 0] == 21)
    #expect(a.columns(at: [3, 0]) == [[3, 0], [13, 10], [23, 20]])
    #expect(a.rows(where: [true, false, true]) == a.rows(at: [0, 2]))
    #expect(a.rows(at: stride(from: 2, to: -1, by: -2)) == a.rows(at: [2, 0]))
    let even = a.columns(at: stride(from: 0, to: a.columns, by: 2))
    #expect(even == Matrix(a.view.steps(columns: 2)))
    #expect(a.columns(where: [false, true, false, false]) == a[..., 1])
    let (high, odd) = (a[..., 0] .> 5, a[0, ...] .== 1 .| a[0, ...] .== 3)
    #expect(a.rows(where: high) == a[1..., ...] && a.columns(where: odd) == a.columns(at: [1, 3]))
    #expect(a.diagonal == [0, 11, 22] && a.trace == 33)
    #expect(a.reshaped(rows: 2, columns: 6)[1, 0] == 12)
    var sums: [Double] = []
    a.forEachRow { row in sums.append(row[0] + row[3]) }
    #expect(sums == [3, 23, 43])
  }

  @Test func writesBlocks() {
    var a = Self.matrix
    let before = a
    a[0..<2, 1..<3] = [[-1, -2], [-3, -4]]
    #expect(a == [[0, -1, -2, 3], [10, -3, -4, 13], [20, 21, 22, 23]])
    a[2, ...] = [[5, 6, 7, 8]]
    a[..., 0] = [[1], [1], [1]]
    #expect(a == [[1, -1, -2, 3], [1, -3, -4, 13], [1, 6, 7, 8]])
    a.setRow(0, to: [4, 3, 2, 1])
    a.setColumn(3, to: [0, 0, 0])
    #expect(a == [[4, 3, 2, 0], [1, -3, -4, 0], [1, 6, 7, 0]])
    a[..., ...] = before
    #expect(a == before)
    a[1..., ...] *= 2
    #expect(a[2, 3] == 46 && a[0, 3] == 3)
    var itself = before
    itself[0..<2, ...] = itself[1..<3, ...]
    #expect(itself == before.rows(at: [1, 2, 2]))
    itself.formMap { $0 + 1 }
    #expect(itself[0, 0] == 11 && before[0, 0] == 0)
  }

  @Test func isCodableAndHashable() throws {
    let a = Self.matrix
    let data = try JSONEncoder().encode(a)
    #expect(try JSONDecoder().decode(Matrix<Double>.self, from: data) == a)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        Matrix<Float>.self, from: Data(#"{"rows":2,"columns":2,"elements":[1]}"#.utf8))
    }
    var copy = a
    #expect(copy.hashValue == a.hashValue && Set([a, copy]).count == 1)
    copy[0, 0] = 1
    #expect(Set([a, copy]).count == 2)
    #expect(
      a.isApproximatelyEqual(to: a + 1e-9, absoluteTolerance: 1e-8)
        && !a.isApproximatelyEqual(to: copy))
  }

  @Test func drawsRandomMatrices() {
    let stream = RandomStream(seed: 3)
    let uniform: Matrix<Double> = stream.uniform(rows: 100, columns: 100)
    #expect(isTrue(Swift.abs(uniform.mean - 0.5) < 0.01 && (uniform .>= 0).isAllTrue))
    #expect(isTrue((uniform .< 1).isAllTrue && Swift.abs(uniform.variance() - 1.0 / 12) < 0.002))
    // More than 24 bits.
    #expect(uniform.array.contains { $0 * 0x1p24 != ($0 * 0x1p24).rounded() })
    let normal = stream.normal(rows: 100, columns: 100, of: Double.self)
    #expect(Swift.abs(normal.mean) < 0.05 && Swift.abs(normal.standardDeviation() - 1) < 0.03)
    // A position is a word; numbers take two.
    let part = stream.normal(rows: 1, columns: 3, from: 14, of: Double.self)
    #expect(part.array == Array(normal.array[7..<10]))
    let between: Matrix<Float> = stream.uniform(rows: 10, columns: 10, in: Float(-2)..<3)
    #expect(isTrue((between .>= -2).isAllTrue && (between .< 3).isAllTrue))
    // 5 + (1 - 2⁻²⁴) rounds to 6, the bound that the range excludes.
    let narrow = stream.uniform(rows: 1000, columns: 1000, in: Float(1 << 20)..<Float(1 << 20) + 1)
    #expect(isTrue((narrow .< Float(1 << 20) + 1).isAllTrue))
    // A literal does not change the type.
    let scaled = 0.5 * stream.normal(rows: 2, columns: 2)
    #expect(scaled == Matrix<Float>(stream.normal(rows: 2, columns: 2, of: Float.self)) * 0.5)
    let whole: Matrix<Float> = stream.integers(below: 6, rows: 20, columns: 20)
    #expect(Set(whole.array) == [0, 1, 2, 3, 4, 5])
    #expect(stream.permutation(of: 50).sorted() == Array(0..<50))
    let chosen = stream.choice(10, of: 40)
    #expect(Set(chosen).count == 10 && chosen.allSatisfy { (0..<40).contains($0) })
  }
}
