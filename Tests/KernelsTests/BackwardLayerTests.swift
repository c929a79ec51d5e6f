import LangevinKernelTable
import LangevinKernels
import Testing

/// The fused backward pass of a layer: the product by its definition, then the backward pass through the
/// epilogue of the previous layer.
///
/// Products and sums are exact, so the bits must equal those of the definition.
@Suite struct BackwardLayerTests {
  private static let tables = Kernels.available.map { Kernels.table($0) }

  private func check(_ shape: LayerShape, _ cases: [BackwardCase]) {
    let operands = BackwardCase.Operands(shape, exact: true)
    let sums = shape.naiveProduct(operands.gradients, operands.weights, transposeB: false)
    for layer in cases {
      let expected = layer.expected(sums, operands)
      for table in Self.tables {
        let difference = layer.run(operands, by: table).difference(from: expected)
        #expect(difference == nil, "\(table.level), \(layer)")
      }
    }
  }

  /// Covers training with one thread and with several, and missing operands.
  @Test(arguments: LayerShape.all)
  func matchesItsDefinition(_ shape: LayerShape) {
    check(
      shape,
      [
        BackwardCase(shape: shape),
        BackwardCase(shape: shape, scaleGradients: .apart, copies: .aligned),
        BackwardCase(shape: shape, scaleGradients: .none, copies: .unalignedStart),
        BackwardCase(shape: shape, derivatives: false, scales: false, scaleGradients: .none),
      ])
  }

  /// Covers every combination of missing operands and every position of the copies.
  @Test(
    arguments: [
      LayerShape(5, 3, 9), LayerShape(9, 33, 5), LayerShape(13, 70, 390), LayerShape(3, 40, 800),
    ], Copies.allCases)
  func acceptsMissingOperands(_ shape: LayerShape, _ copies: Copies) {
    var cases: [BackwardCase] = []
    for scaleGradients in BackwardCase.ScaleGradients.allCases {
      for choice in 0..<4 {
        cases.append(
          BackwardCase(
            shape: shape, derivatives: choice & 1 == 0, scales: choice & 2 == 0,
            scaleGradients: scaleGradients, copies: copies))
      }
    }
    check(shape, cases)
  }

  /// A range of rows computed alone has the same bits.
  @Test(
    arguments: Kernels.available,
    [
      LayerShape(37, 70, 50), LayerShape(30, 45, 800), LayerShape(250, 150, 140),
      LayerShape(29, 3, 400), LayerShape(970, 35, 20),
    ])
  func rowsAreIndependent(_ level: KernelLevel, _ shape: LayerShape) {
    let table = Kernels.table(level)
    let whole = BackwardCase(shape: shape, scaleGradients: .apart, copies: .aligned)
    let operands = BackwardCase.Operands(shape, exact: false)
    let result = whole.run(operands, by: table)
    var generator = SplitMix64(seed: 22)
    for _ in 0..<8 {
      let first = Int.random(in: 0..<shape.rows, using: &generator)
      let rows = first..<first + Int.random(in: 1...shape.rows - first, using: &generator)
      var part = whole
      part.shape.rows = rows.count
      let range =
        rows.lowerBound * whole.stride..<(rows.upperBound - 1) * whole.stride
        + shape.columns
      let cut = BackwardCase.Result(
        gradients: Array(result.gradients[range]), values: Array(result.values[range]),
        scaleGradients: Array(result.scaleGradients[range]), copies: Array(result.copies[range]))
      let difference = part.run(operands.rows(rows, of: shape), by: table).difference(from: cut)
      #expect(difference == nil, "rows \(rows)")
    }
  }

  /// For real numbers, whose sums are rounded, the gradients equal those of `multiply`.
  @Test(
    arguments: Kernels.available,
    [
      LayerShape(13, 70, 50), LayerShape(7, 33, 385), LayerShape(50, 140, 800),
      LayerShape(970, 9, 20),
    ])
  func productMatchesMultiply(_ level: KernelLevel, _ shape: LayerShape) {
    let table = Kernels.table(level)
    let operands = BackwardCase.Operands(shape, exact: false)
    let layer = BackwardCase(
      shape: shape, derivatives: false, scales: false, scaleGradients: .none)
    let product = ProductCase(rows: shape.rows, columns: shape.columns, inner: shape.inner)
    let sums = product.product(
      operands.gradients, operands.weights,
      [Float](repeating: .nan, count: shape.rows * shape.columns), by: table)
    let difference = difference(
      layer.run(operands, by: table).gradients,
      spread(sums, columns: shape.columns, stride: layer.stride))
    #expect(difference == nil)
  }
}
