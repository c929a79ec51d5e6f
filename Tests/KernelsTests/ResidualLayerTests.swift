import LangevinKernelTable
import LangevinKernels
import Testing

/// Layers on a residual stream, fused with their product and separate from it: the bits equal those of
/// the product by its definition followed by plain loops.
@Suite struct ResidualLayerTests {
  private static let tables = Kernels.available.map { Kernels.table($0) }
  /// Sizes around tiles and vectors, narrow products, and several blocks of the inner dimension.
  private static let shapes = [
    LayerShape(1, 1, 1), LayerShape(3, 4, 7), LayerShape(5, 5, 9), LayerShape(7, 20, 5),
    LayerShape(13, 33, 128), LayerShape(12, 64, 64), LayerShape(14, 70, 390),
    LayerShape(3, 40, 800), LayerShape(250, 35, 20),
  ]

  @Test(arguments: shapes, ActivationFunction.allCases)
  func forwardMatchesItsDefinition(_ shape: LayerShape, _ activation: ActivationFunction) {
    let operands = ResidualCase.Operands(shape)
    let sums = shape.naiveProduct(operands.inputs, operands.weights, transposeB: true)
    for table in Self.tables {
      for copies in Copies.allCases {
        for choice in 0..<4 {
          var layer = ResidualCase(
            shape: shape, activation: activation, isBlock: choice & 1 == 0,
            derivatives: choice & 2 == 0, copies: copies)
          let fused = difference(
            layer.forward(operands, by: table),
            layer.expectedForward(sums, operands, by: table))
          #expect(fused == nil, "\(table.level), \(layer)")
          // Copies are made only together with a product.
          layer.copies = .none
          let apart = difference(
            layer.forward(operands, sums: sums, by: table),
            layer.expectedForward(sums, operands, by: table))
          #expect(apart == nil, "\(table.level), \(layer), apart")
        }
      }
    }
  }

  @Test(arguments: shapes)
  func backwardMatchesItsDefinition(_ shape: LayerShape) {
    let operands = ResidualCase.Operands(shape)
    let sums = shape.naiveProduct(operands.inputs, operands.weights, transposeB: false)
    for table in Self.tables {
      for copies in Copies.allCases {
        for choice in 0..<4 {
          let layer = ResidualCase(
            shape: shape, isBlock: choice & 1 == 0, adds: choice & 2 == 0, copies: copies)
          let expected = layer.expectedBackward(sums, operands)
          let fused = difference(layer.backward(operands, by: table), expected)
          #expect(fused == nil, "\(table.level), \(layer)")
          let apart = difference(layer.backward(operands, sums: sums, by: table), expected)
          #expect(apart == nil, "\(table.level), \(layer), apart")
        }
      }
    }
  }
}
