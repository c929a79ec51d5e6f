import LangevinKernelTable
import LangevinKernels
import Testing

/// The epilogue of a layer, compared with plain loops.
///
/// Every operation except softplus and sigmoid rounds once, so loops in `Float` give the same bits;
/// softplus and sigmoid stay within 4 ulp of the C library in `Double`.
@Suite struct LayerEpilogueTests {
  /// Multiples of the vector width, one more or less, and fewer than one vector.
  private static let columnCounts = [1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 33, 64, 70]
  private static let rows = 7
  private static let conditionCount = 3
  private static let conditions: [Int32] = [2, 0, 1, 1, 2, 0, 2]
  /// The value of the elements between the rows, which must not change.
  private static let filler: Float = 99
  private static let gap = 5

  /// Returns a matrix of real numbers with filler between its rows.
  private func matrix(_ columns: Int, seed: UInt64) -> [Float] {
    let elements = reals(Self.rows * columns, seed: seed)
    var result = [Float](repeating: Self.filler, count: Self.rows * (columns + Self.gap))
    for row in 0..<Self.rows {
      for j in 0..<columns {
        result[row * (columns + Self.gap) + j] = 6 * elements[row * columns + j]
      }
    }
    return result
  }

  /// Calls `body` with the row, the column, and the index of each element of a matrix.
  private func forEach(_ columns: Int, _ body: (Int, Int, Int) -> Void) {
    for row in 0..<Self.rows {
      for j in 0..<columns { body(row, j, row * (columns + Self.gap) + j) }
    }
  }

  @Test(arguments: Kernels.available, columnCounts)
  func finishesLayers(_ level: KernelLevel, _ columns: Int) {
    let table = Kernels.table(level)
    let start = matrix(columns, seed: 1)
    let bias = reals(columns, seed: 2)
    let scales = reals(Self.conditionCount * columns, seed: 3)
    for choice in 0..<32 {
      let (hasBias, hasScales) = (choice & 1 != 0, choice & 2 != 0)
      let (softplus, derivative, inPlace) = (choice & 4 != 0, choice & 8 != 0, choice & 16 != 0)
      var values = start
      var outputs = [Float](repeating: Self.filler, count: start.count)
      var derivatives = outputs
      unsafe withPointers(
        &values, &outputs, &derivatives, hasBias ? bias : nil, hasScales ? scales : nil
      ) { values, outputs, derivatives, bias, scales, conditions in
        unsafe table.finishLayer(
          Self.rows, columns, values, columns + Self.gap, bias, scales, conditions,
          softplus ? 1 : 0, inPlace ? values : outputs, derivative ? derivatives : nil)
      }
      // The expected results.
      var expectedValues = start
      var expectedOutputs = [Float](repeating: Self.filler, count: start.count)
      var expectedDerivatives = expectedOutputs
      var worst = 0.0
      forEach(columns) { row, j, i in
        let value = hasBias ? start[i] + bias[j] : start[i]
        let s = hasScales ? value * scales[Int(Self.conditions[row]) * columns + j] : value
        let given = inPlace ? values[i] : outputs[i]
        var output = s
        if softplus {
          worst = max(worst, ulps(given, from: ElementaryFunction.softplus.exact(Double(s))))
          output = given
          if derivative {
            worst = max(
              worst, ulps(derivatives[i], from: ElementaryFunction.sigmoid.exact(Double(s))))
            expectedDerivatives[i] = derivatives[i]
          }
        } else if derivative {
          expectedDerivatives[i] = 1
        }
        expectedValues[i] = inPlace ? output : value
        if !inPlace { expectedOutputs[i] = output }
      }
      #expect(worst <= 4, "choice \(choice)")
      let valuesDifference = difference(values, expectedValues)
      #expect(valuesDifference == nil, "choice \(choice)")
      let outputsDifference = difference(outputs, expectedOutputs)
      #expect(outputsDifference == nil, "choice \(choice)")
      let derivativesDifference = difference(derivatives, expectedDerivatives)
      #expect(derivativesDifference == nil, "choice \(choice)")
    }
  }

  @Test(arguments: Kernels.available, columnCounts)
  func unfinishesLayers(_ level: KernelLevel, _ columns: Int) {
    let table = Kernels.table(level)
    let startGradients = matrix(columns, seed: 4)
    let startValues = matrix(columns, seed: 5)
    let scales = reals(Self.conditionCount * columns, seed: 6)
    for choice in 0..<8 {
      let (hasDerivatives, hasScales) = (choice & 1 != 0, choice & 2 != 0)
      let hasValues = choice & 4 != 0
      var gradients = startGradients
      var values = startValues
      var derivatives = matrix(columns, seed: 7)
      unsafe withPointers(&gradients, &values, &derivatives, nil, hasScales ? scales : nil) {
        gradients, values, derivatives, _, scales, conditions in
        unsafe table.unfinishLayer(
          Self.rows, columns, gradients, columns + Self.gap,
          hasDerivatives ? UnsafePointer(derivatives) : nil, scales, conditions,
          hasValues ? UnsafePointer(values) : nil, hasValues ? values : nil, nil)
      }
      var expectedGradients = startGradients
      var expectedValues = startValues
      forEach(columns) { row, j, i in
        let ds = hasDerivatives ? startGradients[i] * derivatives[i] : startGradients[i]
        if hasValues { expectedValues[i] = ds * startValues[i] }
        let scale = scales[Int(Self.conditions[row]) * columns + j]
        expectedGradients[i] = hasScales ? ds * scale : ds
      }
      let gradientsDifference = difference(gradients, expectedGradients)
      #expect(gradientsDifference == nil, "choice \(choice)")
      let valuesDifference = difference(values, expectedValues)
      #expect(valuesDifference == nil, "choice \(choice)")
      #expect(derivatives == matrix(columns, seed: 7), "choice \(choice)")
    }
  }

  /// Sums in ascending order of the rows, so the bits equal those of the loop.
  @Test(arguments: Kernels.available, columnCounts)
  func sumsColumns(_ level: KernelLevel, _ columns: Int) {
    let x = matrix(columns, seed: 8)
    for rows in [0, 1, Self.rows] {
      var sums = [Float](repeating: Self.filler, count: columns + 20)
      unsafe Kernels.floats(level).sumColumns(
        rows, columns, x, columns + Self.gap, false, &sums)
      for j in 0..<columns {
        var sum: Float = 0
        for row in 0..<rows { sum += x[row * (columns + Self.gap) + j] }
        #expect(sums[j] == sum)
      }
      #expect(sums.dropFirst(columns).allSatisfy { $0 == Self.filler })
    }
  }

  /// Sums rows in the order in which they are listed, so the bits equal those of the loop. A condition
  /// without rows gets zeros; the elements between the rows of the table stay unchanged.
  @Test(arguments: Kernels.available, columnCounts)
  func sumsRowsByCondition(_ level: KernelLevel, _ columns: Int) {
    let x = matrix(columns, seed: 9)
    let stride = columns + 2
    // Condition 3 of the four has no rows.
    let groups: [[Int32]] = [[1, 5], [2, 3], [0, 4, 6], []]
    let starts: [Int32] = [0, 2, 4, 7, 7]
    var sums = reals(groups.count * stride, seed: 10)
    var expected = sums
    for (condition, rows) in groups.enumerated() {
      for j in 0..<columns {
        expected[condition * stride + j] = rows.reduce(0) {
          $0 + x[Int($1) * (columns + Self.gap) + j]
        }
      }
    }
    unsafe Kernels.table(level).sumRowsByCondition(
      groups.count, columns, x, columns + Self.gap, starts, groups.flatMap(\.self), false, &sums,
      stride)
    #expect(sums == expected)
  }

  /// Calls `body` with pointers to three matrices, to optional vectors, and to the conditions.
  private func withPointers(
    _ a: inout [Float], _ b: inout [Float], _ c: inout [Float], _ bias: [Float]?,
    _ scales: [Float]?,
    _ body: (
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
      UnsafePointer<Float>?, UnsafePointer<Float>?, UnsafePointer<Int32>
    ) -> Void
  ) {
    func call(
      _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>,
      _ c: UnsafeMutablePointer<Float>, _ bias: UnsafePointer<Float>,
      _ scales: UnsafePointer<Float>, _ conditions: UnsafePointer<Int32>, _ hasBias: Bool,
      _ hasScales: Bool
    ) {
      unsafe body(a, b, c, hasBias ? bias : nil, hasScales ? scales : nil, conditions)
    }
    unsafe call(
      &a, &b, &c, bias ?? [0], scales ?? [0], Self.conditions, bias != nil, scales != nil)
  }
}
