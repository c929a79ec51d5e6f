import LangevinKernelTable
import LangevinKernels
import Testing

/// `C = alpha op(A) op(B) + beta C`, compared with the three loops of its definition.
///
/// The factors hold small whole numbers, whose products and sums are exact, so the results must be
/// equal.
@Suite struct MatrixProductTests {
  private static let tables = Kernels.available.map { Kernels.table($0) }

  /// Shapes as (rows, columns, inner): single elements; one more or less than the tiles of every
  /// instruction set (6 × 8, 6 × 16, 12 × 32); thin matrices; several blocks of inner (384), of rows
  /// (120, 240), and of columns (1024).
  static let shapes = [
    (1, 1, 1), (1, 2, 3), (2, 1, 1), (3, 5, 7), (5, 7, 6), (6, 8, 4), (7, 9, 5), (12, 16, 11),
    (12, 32, 10), (13, 33, 9), (11, 31, 8), (25, 40, 17), (1, 128, 128), (128, 2, 128),
    (128, 128, 2), (64, 3, 64), (17, 17, 383), (5, 35, 384), (14, 34, 385), (2, 3, 1153),
    (121, 9, 10), (253, 34, 7), (3, 1023, 2), (2, 1025, 5), (13, 2060, 3), (130, 140, 260),
    (245, 150, 140),
  ]

  @Test(arguments: shapes)
  func matchesItsDefinition(rows: Int, columns: Int, inner: Int) {
    for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
      check(
        ProductCase(
          rows: rows, columns: columns, inner: inner, transposeA: transposeA,
          transposeB: transposeB))
    }
  }

  /// Covers factors other than 1 and 0, and rows with a larger stride.
  @Test(
    arguments: [(1, 1, 1), (7, 9, 5), (12, 32, 10), (13, 33, 400), (30, 70, 770), (3, 1030, 4)],
    [(Float(1), Float(1)), (2, 0), (-1, 0.5), (0, 2), (0, 0), (0.5, -1)])
  func scalesOldAndNewTerms(shape: (Int, Int, Int), factors: (Float, Float)) {
    for (transposeA, transposeB) in [(false, false), (true, true)] {
      check(
        ProductCase(
          rows: shape.0, columns: shape.1, inner: shape.2, transposeA: transposeA,
          transposeB: transposeB, alpha: factors.0, beta: factors.1, padding: 3))
    }
  }

  /// Up to four columns, with separate code for A transposed, for A not transposed, and for a B that is
  /// too long to be copied (130,000).
  @Test(
    arguments: [
      (1, 1, 1), (1, 2, 7), (3, 3, 8), (4, 4, 9), (5, 1, 15), (6, 2, 16), (7, 3, 17), (9, 4, 385),
      (1, 1, 5000), (5, 2, 5000), (6, 3, 5000), (13, 4, 5000), (2, 4, 130_000), (300, 1, 130),
      (1100, 2, 33), (1100, 3, 385), (2060, 4, 5),
    ])
  func sumsFewColumns(rows: Int, columns: Int, inner: Int) {
    for (alpha, beta) in [(1, 0), (2, 1), (-1, 0.5)] as [(Float, Float)] {
      for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
        check(
          ProductCase(
            rows: rows, columns: columns, inner: inner, transposeA: transposeA,
            transposeB: transposeB, alpha: alpha, beta: beta, padding: 1))
      }
    }
  }

  /// The kernel reads B in place for up to 480 or 960 rows, and copies it for more.
  @Test(
    arguments: [479, 480, 481, 960, 961, 1000],
    [(5, 7), (33, 20), (70, 3), (9, 385), (1030, 2)])
  func readsOrCopiesTheSecondFactor(rows: Int, shape: (columns: Int, inner: Int)) {
    check(ProductCase(rows: rows, columns: shape.columns, inner: shape.inner, padding: 1))
  }

  /// An empty inner dimension only scales C; an empty C is left alone.
  @Test(arguments: [(0, 0, 0), (0, 5, 3), (5, 0, 3), (4, 5, 0), (20, 40, 0)])
  func acceptsEmptyShapes(rows: Int, columns: Int, inner: Int) {
    for beta: Float in [0, 1, -2] {
      check(ProductCase(rows: rows, columns: columns, inner: inner, beta: beta, padding: 2))
    }
  }

  private func check(_ product: ProductCase) {
    let a = wholes(product.extentA, seed: 1)
    let b = wholes(product.extentB, seed: 2)
    // With beta = 0, C is not read, so it may hold NaN. The elements between and after its rows are 77.
    var c = [Float](repeating: 77, count: product.extentC + 40)
    let old = product.beta == 0 ? [] : wholes(product.rows * product.columns, seed: 3)
    for i in 0..<product.rows {
      for j in 0..<product.columns {
        c[i * product.strideC + j] = old.isEmpty ? .nan : old[i * product.columns + j]
      }
    }
    let expected = product.naiveProduct(a, b, c)
    for table in Self.tables {
      // Compares with `==`, which accepts -0 for 0.
      let result = product.product(a, b, c, by: table)
      let difference = result == expected ? nil : difference(result, expected)
      #expect(difference == nil, "\(table.level), \(product.testDescription)")
    }
  }

  /// For real numbers, the error stays below the bound for a sum of `inner` products.
  @Test(arguments: Kernels.available, [(40, 50, 64), (25, 37, 1000)])
  func roundingErrorStaysSmall(_ level: KernelLevel, _ shape: (Int, Int, Int)) {
    let product = ProductCase(rows: shape.0, columns: shape.1, inner: shape.2)
    let a = reals(product.extentA, seed: 4)
    let b = reals(product.extentB, seed: 5)
    let c = [Float](repeating: .nan, count: product.extentC)
    let exact = product.naiveProduct(a, b, c)
    let result = product.product(a, b, c, by: Kernels.table(level))
    let worst = zip(result, exact).reduce(Float(0)) { max($0, ($1.0 - $1.1).magnitude) }
    // Sums are about sqrt(inner) / 3; their rounding errors, a random walk, stay far below this bound.
    #expect(worst <= Float(shape.2) * 0x1p-24)
  }

  /// A range of rows and columns computed alone has the same bits, so threads may divide the work in any
  /// way. The exception: up to four columns of a wider product may be summed in a different order.
  @Test(
    arguments: Kernels.available,
    [
      (37, 70, 50), (30, 45, 800), (150, 200, 400), (5, 1100, 390), (29, 6, 400), (31, 3, 70),
      (1000, 40, 30),
    ])
  func doesNotDependOnThePartition(_ level: KernelLevel, _ shape: (Int, Int, Int)) {
    let table = Kernels.table(level)
    for (transposeA, transposeB) in [(false, false), (true, false), (false, true)] {
      let whole = ProductCase(
        rows: shape.0, columns: shape.1, inner: shape.2, transposeA: transposeA,
        transposeB: transposeB, alpha: 0.7, beta: 0.3)
      let a = reals(whole.extentA, seed: 6)
      let b = reals(whole.extentB, seed: 7)
      let c = reals(whole.extentC, seed: 8)
      let result = whole.product(a, b, c, by: table)
      var generator = SplitMix64(seed: 9)
      for _ in 0..<6 {
        let firstRow = Int.random(in: 0..<whole.rows, using: &generator)
        let firstColumn = Int.random(in: 0..<whole.columns, using: &generator)
        let rows = Int.random(in: 1...whole.rows - firstRow, using: &generator)
        var columns = Int.random(in: 1...whole.columns - firstColumn, using: &generator)
        if whole.columns > 4 && columns <= 4 { columns = whole.columns - firstColumn }
        if whole.columns > 4 && columns <= 4 { continue }
        let part = ProductPart(whole, rows: firstRow, rows, columns: firstColumn, columns)
        let difference = difference(part.product(a, b, c, by: table), part.cut(of: result))
        #expect(
          difference == nil,
          "rows \(firstRow) + \(rows), columns \(firstColumn) + \(columns) of \(whole)")
      }
    }
  }
}

/// A range of rows and columns of a product, computed from copies of its operands.
private struct ProductPart {
  let whole: ProductCase
  let firstRow: Int
  let rowCount: Int
  let firstColumn: Int
  let columnCount: Int

  init(
    _ whole: ProductCase, rows firstRow: Int, _ rowCount: Int, columns firstColumn: Int,
    _ columnCount: Int
  ) {
    self.whole = whole
    self.firstRow = firstRow
    self.rowCount = rowCount
    self.firstColumn = firstColumn
    self.columnCount = columnCount
  }

  /// Returns this part of C.
  func product(_ a: [Float], _ b: [Float], _ c: [Float], by table: KernelTable) -> [Float] {
    var part = whole
    part.rows = rowCount
    part.columns = columnCount
    let partOfA =
      whole.transposeA
      ? window(a, whole.strideA, 0, whole.inner, firstRow, rowCount)
      : window(a, whole.strideA, firstRow, rowCount, 0, whole.inner)
    let partOfB =
      whole.transposeB
      ? window(b, whole.strideB, firstColumn, columnCount, 0, whole.inner)
      : window(b, whole.strideB, 0, whole.inner, firstColumn, columnCount)
    return part.product(partOfA, partOfB, cut(of: c), by: table)
  }

  func cut(of c: [Float]) -> [Float] {
    window(c, whole.strideC, firstRow, rowCount, firstColumn, columnCount)
  }

  private func window(
    _ x: [Float], _ stride: Int, _ row: Int, _ rows: Int, _ column: Int, _ columns: Int
  ) -> [Float] {
    (row..<row + rows).flatMap { x[$0 * stride + column..<$0 * stride + column + columns] }
  }
}
