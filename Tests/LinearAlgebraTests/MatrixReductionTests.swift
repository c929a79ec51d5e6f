import LinearAlgebra
import Testing

/// Reductions against sums of scalars.
@Suite struct MatrixReductionTests {
  @Test(arguments: [(1, 1), (2, 3), (5, 1), (1, 40), (33, 17), (100, 101)])
  func reductionsMatchScalars(rows: Int, columns: Int) {
    check(rows, columns, Float.self, within: 2e-6)
    check(rows, columns, Double.self, within: 1e-14)
  }

  private func check<Element: MatrixElement>(
    _ rows: Int, _ columns: Int, _ type: Element.Type, within tolerance: Double
  ) {
    let a = randomMatrix(rows, columns, of: type) + 3
    let x = a.map { Double($0) }
    func near(_ value: Double, _ expected: Double) -> Bool {
      (value - expected).magnitude <= tolerance * Swift.max(1, expected.magnitude)
    }
    func near(_ result: Matrix<Element>, _ expected: [Double]) -> Bool {
      result.count == expected.count
        && zip(result.array, expected).allSatisfy { near(Double($0), $1) }
    }
    let all = listed(x)
    let rowsOfX = (0..<rows).map { i in (0..<columns).map { x[i, $0] } }
    let columnsOfX = (0..<columns).map { j in (0..<rows).map { x[$0, j] } }
    func mean(_ v: [Double]) -> Double { v.reduce(0, +) / Double(v.count) }
    func variance(_ v: [Double]) -> Double {
      let center = mean(v)
      return mean(v.map { ($0 - center) * ($0 - center) })
    }
    func magnitudes(_ v: [Double]) -> Double { v.reduce(0) { $0 + $1.magnitude } }

    #expect(near(a.sum, all.reduce(0, +)) && near(a.mean, mean(all)))
    #expect(near(a.variance(), variance(all)))
    #expect(near(a.norm, all.reduce(0) { $0 + $1 * $1 }.squareRoot()))
    #expect(near(a.norm1, columnsOfX.map(magnitudes).max() ?? 0))
    #expect(near(a.normInfinity, rowsOfX.map(magnitudes).max() ?? 0))
    #expect(near(a.rowSums, rowsOfX.map { $0.reduce(0, +) }))
    #expect(near(a.columnSums, columnsOfX.map { $0.reduce(0, +) }))
    #expect(near(a.rowMeans, rowsOfX.map(mean)) && near(a.columnMeans, columnsOfX.map(mean)))
    #expect(near(a.rowVariances(), rowsOfX.map(variance)))
    #expect(near(a.columnVariances(), columnsOfX.map(variance)))
    #expect(near(a.columnStandardDeviations(), columnsOfX.map { variance($0).squareRoot() }))
    #expect(a.rowMinima.array.map { Double($0) } == rowsOfX.map { $0.min() ?? 0 })
    #expect(a.rowMaxima.array.map { Double($0) } == rowsOfX.map { $0.max() ?? 0 })
    #expect(a.columnMinima.array.map { Double($0) } == columnsOfX.map { $0.min() ?? 0 })
    #expect(a.columnMaxima.array.map { Double($0) } == columnsOfX.map { $0.max() ?? 0 })
    func first(_ v: [Double], _ value: Double?) -> Int { v.firstIndex { $0 == value } ?? -1 }
    #expect(a.rowArgmin() == rowsOfX.map { first($0, $0.min()) })
    #expect(a.rowArgmax() == rowsOfX.map { first($0, $0.max()) })
    #expect(a.columnArgmin() == columnsOfX.map { first($0, $0.min()) })
    #expect(a.columnArgmax() == columnsOfX.map { first($0, $0.max()) })
    let place = first(all, all.max())
    #expect(a.argmax().map { $0.row * columns + $0.column } == place)
    #expect(a.sortedRows().rowArrays.map { $0.map { Double($0) } } == rowsOfX.map { $0.sorted() })
    #expect(a.sortedColumns().transposed == a.transposed.sortedRows())
    for (order, row) in zip(a.rowOrder(), rowsOfX) {
      #expect(order.map { row[$0] } == row.sorted())
    }
    var cumulative: [Double] = []
    for row in rowsOfX {
      var sum = 0.0
      for value in row {
        sum += value
        cumulative.append(sum)
      }
    }
    #expect(near(a.cumulativeRowSums(), cumulative))
    #expect(a.cumulativeColumnSums() == a.transposed.cumulativeRowSums().transposed)
    if rows > 1 {
      let centered = x - .eachRow(x.columnMeans)
      let expected = Matrix.naiveProduct(centered, centered, transposeA: true) / Double(rows - 1)
      #expect(near(a.columnCovariances(), expected.array))
    }
  }

  /// Rounding errors of a sum of many rows would exceed the variance by far.
  @Test(arguments: [(10_000, 3, 1e6), (100_000, 2, 100), (65, 40, 1e6), (64, 1, 1e5)])
  func columnSumsAreAccurateFarFromZero(rows: Int, columns: Int, offset: Double) {
    let x = randomMatrix(rows, columns, of: Float.self) + Float(offset)
    let exact = Matrix<Double>(converting: x)
    let (means, variances) = (x.columnMeans, x.columnVariances())
    for column in 0..<columns {
      let values = exact[..., column].array
      let mean = values.reduce(0) { $0 + ($1 - offset) } / Double(rows) + offset
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      #expect((Double(means[0, column]) - mean).magnitude <= 1.5e-7 * offset)
      #expect((Double(variances[0, column]) - variance).magnitude <= 0.02 * variance)
      #expect((exact.columnMeans[0, column] - mean).magnitude <= 1e-15 * offset)
    }
  }

  @Test func columnSumsOfInfinities() {
    var x = Matrix<Double>(rows: 200, columns: 3, repeating: 1)
    x[70, 0] = .infinity
    x[150, 1] = .nan
    let sums = x.columnSums
    #expect(sums[0, 0] == .infinity && sums[0, 1].isNaN && sums[0, 2] == 200)
  }

  @Test func variancesWithoutDivisor() {
    let empty = Matrix<Double>(rows: 0, columns: 3)
    #expect(empty.columnCovariances().array.allSatisfy { $0.isNaN })
    #expect(Matrix<Double>([[1, 2]]).columnCovariances().array.allSatisfy { $0.isNaN })
    #expect(Matrix<Double>([[1], [2]]).columnVariances(correction: 5)[0, 0] == .infinity)
  }

  @Test func quantilesBesideInfinities() {
    #expect(Matrix<Double>([[-.infinity, 1]]).median == -.infinity)
    #expect(Matrix<Double>([[-.infinity, 1, 2, 3]]).quantiles([0.2, 1]) == [-.infinity, 3])
    #expect(Matrix<Float>([[1, .infinity]]).median == .infinity)
    #expect(Matrix<Float>([[-.infinity, .infinity]]).median.isNaN)
  }

  @Test(arguments: Layout.allCases)
  func squaredDistancesAreSumsOfSquares(layout: Layout) {
    check(Float.self, within: 1e-6)
    check(Double.self, within: 1e-15)

    func check<Element: MatrixElement>(_ type: Element.Type, within tolerance: Element) {
      let x = randomMatrix(7, 5, of: type)
      let y = randomMatrix(19, 5, seed: 2, of: type)
      let expected = Matrix<Element>(rows: 7, columns: 19) { i, j in
        let difference = x[i, ...] - y[j, ...]
        return Element(difference.squaredNorm)
      }
      let distances = layout.with(x) { x in layout.with(y) { y in x.squaredDistances(to: y) } }
      #expect(distances.isApproximatelyEqual(to: expected, relativeTolerance: tolerance))
      let far = x + 1000
      #expect(far.squaredDistances(to: far).diagonal == [Element](repeating: 0, count: 7))
    }
  }

  @Test func squaredDistancesOfEmptyMatrices() {
    let none = Matrix<Float>(rows: 0, columns: 3)
    #expect(none.squaredDistances(to: Matrix.ones(2, 3)).shape == (0, 2))
    #expect(Matrix<Float>.ones(2, 3).squaredDistances(to: none).shape == (2, 0))
    let thin = Matrix<Float>(rows: 2, columns: 0)
    #expect(thin.squaredDistances(to: thin) == .zeros(2, 2))
  }

  @Test func quantilesInterpolate() {
    let a: Matrix<Double> = [[3, 1, 2, 4], [10, 30, 20, 40]]
    #expect(a.rowQuantiles([0, 0.5, 1]) == [[1, 2.5, 4], [10, 25, 40]])
    #expect(a.columnQuantiles([0.25])[0, 0] == 4.75)
    #expect(a.median == 7 && a.quantiles([0.1, 0.9]).count == 2)
    #expect(a.rowOrder(byColumn: 0) == [0, 1] && a.rowOrder(byColumn: 1) == [0, 1])
    let withNaN: Matrix<Double> = [[3, .nan, 1]]
    #expect(withNaN.sortedRows()[0, 0] == 1 && withNaN.sortedRows()[0, 2].isNaN)
    #expect(withNaN.rowQuantiles([0.5])[0, 0].isNaN)
  }

  /// Long rows are sorted by their bits, and almost equal doubles differ only in the lower ones.
  @Test(arguments: [127, 128, 1000])
  func sortsLongRows(columns: Int) {
    let values = (0..<columns).map { ($0 * 7919 + 13) % columns - columns / 2 }
    let floats = Matrix<Float>(rows: 2, columns: columns) { _, j in Float(values[j]) }
    #expect(floats.sortedRows().row(1)[0] == Float(-(columns / 2)))
    #expect(floats.sortedRows().array == floats.rowArrays.flatMap { $0.sorted() })
    let doubles = Matrix<Double>(rows: 2, columns: columns) { _, j in
      1 + Double(values[j]) * .ulpOfOne
    }
    #expect(doubles.sortedRows().array == doubles.rowArrays.flatMap { $0.sorted() })
    var special = doubles
    special[0, 0] = .nan
    special[0, 1] = -.nan
    special[0, 2] = -.infinity
    special[0, 3] = .infinity
    let sorted = special.sortedRows()
    #expect(sorted[0, 0] == -.infinity && sorted[0, columns - 3] == .infinity)
    #expect(sorted[0, columns - 2].isNaN && sorted[0, columns - 1].isNaN)
  }

  /// Eight rows are accumulated at once.
  @Test func accumulatesInfinities() {
    var a = Matrix<Float>(rows: 17, columns: 5, repeating: 1)
    a[3, 2] = .infinity
    a[16, 2] = -.infinity
    a[4, 1] = .nan
    let sums = a.cumulativeRowSums()
    #expect(sums[0, ...].array == [1, 2, 3, 4, 5])
    #expect(sums[3, ...].array == [1, 2, .infinity, .infinity, .infinity])
    #expect(sums[16, ...].array == [1, 2, -.infinity, -.infinity, -.infinity])
    #expect(sums[4, 0] == 1 && sums[4, 1].isNaN && sums[4, 4].isNaN)
  }

  @Test func ignoresOrPropagatesNaN() {
    let a: Matrix<Float> = [[.nan, 2, 1], [.nan, .nan, .nan]]
    #expect(a.minimum == 1 && a.maximum == 2)
    #expect(a.rowMinima[0, 0] == 1 && a.rowMinima[1, 0].isNaN && a.columnMaxima[0, 0].isNaN)
    #expect(a.rowArgmax() == [1, 0])
    #expect(a.sum.isNaN && a.norm1.isNaN && a.normInfinity.isNaN && !a.isFinite)
    #expect(a.isNaN.array == [true, false, false, true, true, true])
    #expect(a.clamped(to: 0...1)[0, 0].isNaN && minimum(a, a)[0, 0].isNaN)
  }

  /// 10⁶ times 0.1: a plain sum of floats errs in the second digit.
  @Test func sumsDoNotDrift() {
    let float = Matrix<Float>(rows: 1000, columns: 1000, repeating: 0.1)
    #expect((float.sum / 1e6 - Double(Float(0.1))).magnitude < 1e-6)
    let double = Matrix<Double>(rows: 1000, columns: 1000, repeating: 0.1)
    #expect((double.sum - 1e5).magnitude < 1e-9)
    #expect((double.cumulativeRowSums()[0, 999] - 100).magnitude < 1e-12)
  }
}
