import LangevinKernelTable
import LangevinPreconditions
package import LinearAlgebra

/// A layer that adds columns of the embedding of each row's level: y = x + E[c][columns].
///
/// Here c is the level of the row, and E the output of the network's embedding, one row per level. Backward:
///
///     ∂L/∂x = ∂L/∂y,  ∂L/∂E[k] = Σ_{rows with c = k} ∂L/∂y
public struct EmbeddingShift: KernelLayer {
  private let columns: Range<Int>

  /// Creates a layer that adds the columns `columns` of the embedding.
  ///
  /// Two layers must not use the same column.
  public init(columns: Range<Int>) {
    require(!columns.isEmpty, "EmbeddingShift: the range of columns is empty")
    self.columns = columns
  }

  public var passes: LayerPasses { LayerPasses(self) }
  package var parameters: [ParameterDeclaration] { [] }
  package var shiftColumns: Range<Int>? { columns }

  package func outputWidth(inputWidth: Int) -> Int {
    require(
      inputWidth == columns.count,
      "EmbeddingShift: got \(inputWidth) columns, but adds \(columns.count)")
    return inputWidth
  }

  package func forward(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle<Float>, buffers: LayerBuffers, engine: Engine
  ) {
    guard let shifts = buffers.shifts else {
      requirementFailure("EmbeddingShift: the network has no embedding")
    }
    let outputs = buffers.outputs
    for row in 0..<input.rows {
      unsafe engine.floats.add(
        input.columns, input.base + row * input.stride,
        shifts.base + Int(conditions.base[row]) * shifts.stride,
        outputs.base + row * outputs.stride)
    }
    buffers.outputCopies?.copy(outputs)
  }

  package func backwardInput(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    buffers: LayerBuffers, inputGradients: MatrixHandle<Float>, epilogue: BackwardEpilogue,
    engine: Engine
  ) {
    inputGradients.copy(buffers.gradients)
    epilogue.apply(to: inputGradients, engine: engine)
  }
}
