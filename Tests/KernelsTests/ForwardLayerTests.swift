import LangevinKernelTable
import LangevinKernels
import Testing

/// The fused forward pass of a layer: the product by its definition, then the epilogue.
///
/// Products and sums are exact, so the bits must equal those of the definition.
@Suite struct ForwardLayerTests {
  private static let tables = Kernels.available.map { Kernels.table($0) }

  private func check(_ shape: LayerShape, _ cases: [ForwardCase]) {
    let operands = ForwardCase.Operands(shape, exact: true)
    let sums = shape.naiveProduct(operands.inputs, operands.weights, transposeB: true)
    for table in Self.tables {
      for layer in cases {
        let difference = layer.run(operands, by: table)
          .difference(from: layer.expected(sums, operands, by: table))
        #expect(difference == nil, "\(table.level), \(layer)")
      }
    }
  }

  /// Covers training, inference, and missing operands.
  @Test(arguments: LayerShape.all)
  func matchesItsDefinition(_ shape: LayerShape) {
    check(
      shape,
      [
        ForwardCase(shape: shape),
        ForwardCase(shape: shape, copies: .aligned),
        ForwardCase(shape: shape, copies: .unalignedStart),
        ForwardCase(shape: shape, values: false, derivatives: false),
        ForwardCase(
          shape: shape, scales: false, activation: 0, values: false, derivatives: false,
          copies: .aligned),
      ])
  }

  /// Covers every combination of missing operands.
  @Test(
    arguments: [
      LayerShape(5, 3, 9), LayerShape(9, 33, 5), LayerShape(13, 70, 390), LayerShape(3, 40, 800),
    ], Copies.allCases)
  func acceptsMissingOperands(_ shape: LayerShape, _ copies: Copies) {
    check(
      shape,
      (0..<64).map {
        ForwardCase(
          shape: shape, bias: $0 & 1 == 0, scales: $0 & 2 == 0, activation: $0 / 16,
          values: $0 & 4 == 0, derivatives: $0 & 8 == 0, copies: copies)
      })
  }

  /// A range of rows computed alone has the same bits, so threads may divide a batch in any way.
  @Test(
    arguments: Kernels.available,
    [
      LayerShape(37, 70, 50), LayerShape(30, 45, 800), LayerShape(250, 150, 140),
      LayerShape(29, 3, 400), LayerShape(31, 5, 70),
    ])
  func rowsAreIndependent(_ level: KernelLevel, _ shape: LayerShape) {
    let table = Kernels.table(level)
    let whole = ForwardCase(shape: shape, copies: .aligned)
    let operands = ForwardCase.Operands(shape, exact: false)
    let result = whole.run(operands, by: table)
    var generator = SplitMix64(seed: 21)
    for _ in 0..<8 {
      let first = Int.random(in: 0..<shape.rows, using: &generator)
      let rows = first..<first + Int.random(in: 1...shape.rows - first, using: &generator)
      var part = whole
      part.shape.rows = rows.count
      let range =
        rows.lowerBound * whole.stride..<(rows.upperBound - 1) * whole.stride
        + shape.columns
      let cut = ForwardCase.Result(
        values: Array(result.values[range]), outputs: Array(result.outputs[range]),
        derivatives: Array(result.derivatives[range]), copies: Array(result.copies[range]))
      let difference = part.run(operands.rows(rows, of: shape), by: table).difference(from: cut)
      #expect(difference == nil, "rows \(rows)")
    }
  }

  /// For real numbers, whose sums are rounded, the values equal those of `multiply`.
  @Test(
    arguments: Kernels.available,
    [
      LayerShape(13, 70, 50), LayerShape(7, 33, 385), LayerShape(50, 140, 800),
      LayerShape(9, 3, 400), LayerShape(6, 4, 1153), LayerShape(8, 1, 10),
    ])
  func productMatchesMultiply(_ level: KernelLevel, _ shape: LayerShape) {
    let table = Kernels.table(level)
    let operands = ForwardCase.Operands(shape, exact: false)
    let layer = ForwardCase(
      shape: shape, bias: false, scales: false, activation: 0, derivatives: false)
    let product = ProductCase(
      rows: shape.rows, columns: shape.columns, inner: shape.inner, transposeB: true)
    let sums = product.product(
      operands.inputs, operands.weights,
      [Float](repeating: .nan, count: shape.rows * shape.columns), by: table)
    let difference = difference(
      layer.run(operands, by: table).values,
      spread(sums, columns: shape.columns, stride: layer.stride))
    #expect(difference == nil)
  }

  /// Rows of weights with a larger stride are packed the same way.
  @Test(
    arguments: Kernels.available,
    [(1, 5), (4, 300), (5, 1), (32, 383), (33, 384), (70, 385), (31, 800), (150, 1153)])
  func packsWeightsWithAnyStride(_ level: KernelLevel, _ shape: (outputs: Int, inputs: Int)) {
    let table = Kernels.table(level)
    let (outputs, inputs) = shape
    let weights = reals(outputs * inputs, seed: 31)
    let count = table.packedWeights(outputs, inputs)
    func pack(_ weights: [Float], stride: Int) -> [Float] {
      var packed = [Float](repeating: filler, count: count + 20)
      unsafe table.packWeights(outputs, inputs, weights, stride, &packed)
      return packed
    }
    let packed = pack(weights, stride: inputs)
    let apart = pack(spread(weights, columns: inputs, stride: inputs + 7), stride: inputs + 7)
    #expect(haveSameBits(packed, apart))
    // Exactly `count` elements are written.
    #expect(packed.dropFirst(count).allSatisfy { $0 == filler })
    #expect(!packed.prefix(count).contains(filler))
    // A narrow product reads the weights in place.
    #expect(outputs <= 4 ? count == 0 : count >= outputs * inputs)
  }
}
