package import LinearAlgebra

/// The interface through which the passes run a layer.
///
/// A layer is only a description: its parameters and the results of a pass lie elsewhere. The methods work
/// on any rows of a batch (forward, input gradients) or of the parameters (parameter gradients), so threads
/// can share the rows. They access memory without checks.
package protocol KernelLayer: Layer {
  /// The parameters, in the order in which ``ParameterHandles`` numbers them.
  var parameters: [ParameterDeclaration] { get }
  /// Returns the number of output columns for `inputWidth` input columns.
  ///
  /// Stops the program if the layer cannot take `inputWidth` columns.
  func outputWidth(inputWidth: Int) -> Int
  /// The number of conditions that the layer knows, or nil, the default, if it uses no conditions.
  var conditionCount: Int? { get }
  /// The floating-point operations of the product for one row. By default 0.
  ///
  /// A multiplication and its addition count as two.
  var operationsPerRow: Int { get }
  /// Whether ``LayerBuffers/values`` must survive until the backward pass. By default false.
  var keepsValues: Bool { get }
  /// Whether the layer writes ``LayerBuffers/derivatives``. By default false.
  var keepsDerivatives: Bool { get }
  /// Whether the layer works on the residual stream of the network. By default false.
  var usesStream: Bool { get }
  /// The columns of the embedding's output that form the layer's table of shifts, one per output column.
  ///
  /// Nil, the default, if the layer has no shifts.
  var shiftColumns: Range<Int>? { get }
  /// Returns a layer that does the work of this layer and `next` in one pass over memory.
  ///
  /// Nil, the default, if no layer does.
  func fused(with next: any KernelLayer) -> (any KernelLayer)?

  /// The number of floats that ``pack(_:into:engine:)`` writes. By default 0.
  func packedCount(engine: Engine) -> Int
  /// Writes the parameters to `packed` in the order in which `forward` reads them.
  ///
  /// This is done once for all rows. By default, does nothing.
  func pack(_ parameters: ParameterHandles, into packed: MatrixHandle<Float>, engine: Engine)

  /// Computes `buffers.outputs` from `input`, and copies them to `buffers.outputCopies` if there are any.
  ///
  /// `input`, `buffers` and `conditions` hold the same rows of the batch.
  func forward(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle<Float>, buffers: LayerBuffers, engine: Engine)

  /// Returns the step that turns ∂L/∂outputs, in `buffers.gradients`, into the gradients that the two
  /// functions below read there.
  ///
  /// By default, the step only makes the copy for other threads.
  func backwardEpilogue(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers
  ) -> BackwardEpilogue

  /// Computes ∂L/∂input from `buffers.gradients` and writes it to `inputGradients`, after applying
  /// `epilogue`, the step of the layer before. A layer whose product does not apply it calls
  /// `epilogue.apply(to:engine:)` at the end.
  func backwardInput(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    buffers: LayerBuffers, inputGradients: MatrixHandle<Float>, epilogue: BackwardEpilogue,
    engine: Engine)

  /// Writes the gradients of `part` of each parameter, summed over all rows of the batch.
  ///
  /// The part is the rows of the parameter in ``ParameterDeclaration/rows(of:)``. With `adds`, the gradients
  /// are added to those of earlier rows of the batch. By default, does nothing.
  func backwardParameters(
    _ input: MatrixHandle<Float>, conditions: GroupedConditions, parameters: ParameterHandles,
    buffers: LayerBuffers, part: Part, adds: Bool, gradients: ParameterHandles, engine: Engine)
}

extension KernelLayer {
  package var conditionCount: Int? { nil }
  package var operationsPerRow: Int { 0 }
  package var keepsValues: Bool { false }
  package var keepsDerivatives: Bool { false }
  package var usesStream: Bool { false }
  package var shiftColumns: Range<Int>? { nil }
  package func fused(with next: any KernelLayer) -> (any KernelLayer)? { nil }
  package func packedCount(engine: Engine) -> Int { 0 }
  package func pack(
    _ parameters: ParameterHandles, into packed: MatrixHandle<Float>, engine: Engine
  ) {}

  package func backwardEpilogue(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers
  ) -> BackwardEpilogue {
    BackwardEpilogue(gradientCopies: buffers.gradientCopies)
  }

  package func backwardParameters(
    _ input: MatrixHandle<Float>, conditions: GroupedConditions, parameters: ParameterHandles,
    buffers: LayerBuffers, part: Part, adds: Bool, gradients: ParameterHandles, engine: Engine
  ) {}
}

/// The memory of a layer: matrices with a row for each row of the batch, and `outputWidth` columns.
///
/// All have the same stride.
package struct LayerBuffers: Sendable {
  /// The values before the activation; nil if they are not needed.
  package var values: MatrixHandle<Float>?
  /// The input of the next layer.
  package var outputs: MatrixHandle<Float>
  /// The gradients of each row's scales, for layers that keep values; may share the memory of ``values``.
  package var scaleGradients: MatrixHandle<Float>?
  /// The derivative of the activation, if the layer keeps it and a backward pass follows.
  package var derivatives: MatrixHandle<Float>?
  /// The derivative of the activation inside a residual block, if kept.
  package var innerDerivatives: MatrixHandle<Float>?
  /// The residual stream, if the layer uses it.
  package var stream: MatrixHandle<Float>?
  /// The gradients ∂L/∂stream, if a backward pass follows.
  package var streamGradients: MatrixHandle<Float>?
  /// The table of shifts, with a row for each level instead of each row of the batch.
  package var shifts: MatrixHandle<Float>?
  /// The gradients ∂L/∂shifts, if a backward pass follows; the workspace sums them.
  package var shiftGradients: MatrixHandle<Float>?
  /// The gradients ∂L/∂outputs, then ∂L/∂values; the memory of ``outputs`` without a backward pass.
  package var gradients: MatrixHandle<Float>
  /// A copy of ``outputs`` for other threads; nil with one thread.
  ///
  /// Other threads read the copy because rewriting memory that another core has read is slow.
  package var outputCopies: MatrixHandle<Float>?
  /// A copy of ``gradients`` for other threads.
  package var gradientCopies: MatrixHandle<Float>?

  /// The outputs that any thread may read: the copy, if there is one.
  package var sharedOutputs: MatrixHandle<Float> { outputCopies ?? outputs }
  /// The gradients that any thread may read: the copy, if there is one.
  package var sharedGradients: MatrixHandle<Float> { gradientCopies ?? gradients }

  /// Returns the buffers of rows `range`, with the tables of levels whole.
  package func rows(_ range: Range<Int>) -> LayerBuffers {
    LayerBuffers(
      values: values?.rows(range), outputs: outputs.rows(range),
      scaleGradients: scaleGradients?.rows(range), derivatives: derivatives?.rows(range),
      innerDerivatives: innerDerivatives?.rows(range), stream: stream?.rows(range),
      streamGradients: streamGradients?.rows(range), shifts: shifts,
      shiftGradients: shiftGradients, gradients: gradients.rows(range),
      outputCopies: outputCopies?.rows(range), gradientCopies: gradientCopies?.rows(range))
  }
}
