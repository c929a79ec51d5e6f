import LinearAlgebra

/// A layer that applies your own function to each element: h = φ(x), ∂L/∂x = ∂L/∂h ⊙ φ'(x).
///
///     let square = Elementwise { x in (x * x, 2 * x) }
///
/// A function of whole rows can use the vector functions of `MutableSpan`, which makes it about as fast as an
/// ``Activation``. For example Mish (Misra 2019, arXiv 1908.08681), x tanh(log(1 + exp(x))):
///
///     let mish = Elementwise { x, values, derivatives in
///       for i in x.indices { values[i] = min(x[i], 20) }
///       values.formExponential()
///       for i in x.indices {
///         let e = values[i], n = e * (e + 2), d = 1 / (n + 2)
///         values[i] = x[i] * n * d
///         derivatives[i] = d * (n + 4 * x[i] * e * (e + 1) * d)
///       }
///     }
///
/// Several threads call the function concurrently.
public struct Elementwise: Layer {
  /// A function that writes φ(x) and φ'(x) of each element of a row.
  public typealias RowFunction =
    @Sendable (
      _ x: Span<Float>, _ values: inout MutableSpan<Float>,
      _ derivatives: inout MutableSpan<Float>
    ) -> Void

  private let evaluate: RowFunction

  /// Creates a layer from a function of a row.
  public init(_ evaluate: @escaping RowFunction) { self.evaluate = evaluate }

  /// Creates a layer from a function that returns φ(x) and φ'(x).
  public init(_ function: @escaping @Sendable (Float) -> (value: Float, derivative: Float)) {
    self.init { x, values, derivatives in
      for i in x.indices { (values[i], derivatives[i]) = function(x[i]) }
    }
  }

  public var passes: LayerPasses { LayerPasses(ElementwiseLayer(evaluate: evaluate)) }
}

private struct ElementwiseLayer: KernelLayer {
  let evaluate: Elementwise.RowFunction

  var passes: LayerPasses { LayerPasses(self) }
  var parameters: [ParameterDeclaration] { [] }
  func outputWidth(inputWidth: Int) -> Int { inputWidth }
  var keepsDerivatives: Bool { true }

  func forward(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle<Float>, buffers: LayerBuffers, engine: Engine
  ) {
    let outputs = buffers.outputs
    guard let derivatives = buffers.derivatives else {
      // Inference keeps no derivatives; the function writes them to one scratch row.
      var scratch = Matrix<Float>(rows: 1, columns: outputs.columns)
      scratch.withMutableHandle { scratch in
        for row in 0..<outputs.rows {
          form(input, outputs.rows(row..<row + 1), scratch, row: row)
        }
      }
      return
    }
    for row in 0..<outputs.rows {
      form(input, outputs.rows(row..<row + 1), derivatives.rows(row..<row + 1), row: row)
    }
    buffers.outputCopies?.copy(outputs)
  }

  private func form(
    _ input: MatrixHandle<Float>, _ values: MatrixHandle<Float>, _ derivatives: MatrixHandle<Float>,
    row: Int
  ) {
    var valueView = MutableMatrixView<Float>(values)
    var derivativeView = MutableMatrixView<Float>(derivatives)
    var valueRow = valueView.mutableRow(0)
    var derivativeRow = derivativeView.mutableRow(0)
    evaluate(MatrixView<Float>(input).row(row), &valueRow, &derivativeRow)
  }

  func backwardEpilogue(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers
  ) -> BackwardEpilogue {
    BackwardEpilogue(derivatives: buffers.derivatives)
  }

  func backwardInput(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    buffers: LayerBuffers, inputGradients: MatrixHandle<Float>, epilogue: BackwardEpilogue,
    engine: Engine
  ) {
    inputGradients.copy(buffers.gradients)
    epilogue.apply(to: inputGradients, engine: engine)
  }
}
