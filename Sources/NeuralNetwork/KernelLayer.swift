package import LinearAlgebra

/// A layer as the passes run it.
///
/// A layer is a description; its parameters and all that a pass leaves behind lie elsewhere. The
/// methods work on any rows of a batch (forward, input gradients) or of the parameters (their
/// gradients), so that threads can share them. They read and write memory unchecked.
package protocol KernelLayer: Layer {
  /// The parameters, in the order in which ``ParameterHandles`` counts them.
  var parameters: [ParameterDeclaration] { get }
  /// The number of columns that come out if `inputWidth` go in. Stops the program if they do not fit.
  func outputWidth(inputWidth: Int) -> Int
  /// The number of conditions to choose from; nil, by default, if the layer has none.
  var conditionCount: Int? { get }
  /// Floating-point operations of the product for one row, a multiplication and its addition
  /// counted as two. By default 0.
  var operationsPerRow: Int { get }
  /// Whether ``LayerBuffers/values`` must survive until the backward pass. By default false.
  var keepsValues: Bool { get }
  /// Whether it writes ``LayerBuffers/derivatives``. By default false.
  var keepsDerivatives: Bool { get }
  /// Whether it works on the residual stream that the layers of a network share. By default false.
  var usesStream: Bool { get }
  /// The columns of the embedding's outputs that are its table of shifts, as many as come out; nil,
  /// by default, if it has none.
  var shiftColumns: Range<Int>? { get }
  /// Returns a layer that does the work of both, in one pass over memory; nil, by default, if there is
  /// no such layer.
  func fused(with next: any KernelLayer) -> (any KernelLayer)?

  /// The number of floats that ``pack(_:into:engine:)`` writes. By default 0.
  func packedCount(engine: Engine) -> Int
  /// Writes the parameters to `packed` in the order in which `forward` reads them, once for all
  /// rows. By default nothing.
  func pack(_ parameters: ParameterHandles, into packed: MatrixHandle, engine: Engine)

  /// Computes `buffers.outputs` from `input`. Both have the same rows, as have `conditions`.
  func forward(
    _ input: MatrixHandle, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle, buffers: LayerBuffers, engine: Engine)

  /// Returns the step that turns ∂L/∂outputs, in `buffers.gradients`, into what the two functions below
  /// need there. By default there is none.
  func backwardEpilogue(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers
  ) -> BackwardEpilogue

  /// Writes ∂L/∂input to `inputGradients`, computed from `buffers.gradients`, and applies `epilogue`,
  /// which is that of the layer before.
  func backwardInput(
    _ input: MatrixHandle, conditions: Conditions, parameters: ParameterHandles,
    buffers: LayerBuffers, inputGradients: MatrixHandle, epilogue: BackwardEpilogue,
    engine: Engine)

  /// Writes the gradients of `part` of each parameter, over all rows: of those of its rows that
  /// ``ParameterDeclaration/rows(of:)`` says. With `adds`, they are added to those of earlier rows
  /// of the batch. By default nothing.
  func backwardParameters(
    _ input: MatrixHandle, conditions: GroupedConditions, parameters: ParameterHandles,
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
  package func pack(_ parameters: ParameterHandles, into packed: MatrixHandle, engine: Engine) {}

  package func backwardEpilogue(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers
  ) -> BackwardEpilogue {
    BackwardEpilogue(gradientCopies: buffers.gradientCopies)
  }

  package func backwardParameters(
    _ input: MatrixHandle, conditions: GroupedConditions, parameters: ParameterHandles,
    buffers: LayerBuffers, part: Part, adds: Bool, gradients: ParameterHandles, engine: Engine
  ) {}
}

/// The memory of a layer for each row of a batch, `outputWidth` columns each, with one stride.
package struct LayerBuffers: Sendable {
  /// The values before the activation; nil if nothing needs them.
  package var values: MatrixHandle?
  /// The input of the next layer.
  package var outputs: MatrixHandle
  /// The gradients of each row's scales, for layers that keep values. May be the memory of
  /// ``values``.
  package var scaleGradients: MatrixHandle?
  /// The derivative of the activation, where the layer keeps it and there is a backward pass.
  package var derivatives: MatrixHandle?
  /// The derivative of the activation within a block, where that is kept.
  package var innerDerivatives: MatrixHandle?
  /// The residual stream, where the layer uses it.
  package var stream: MatrixHandle?
  /// ∂L/∂stream, where there is a backward pass.
  package var streamGradients: MatrixHandle?
  /// The table of shifts: a row for each level, not for each of the batch.
  package var shifts: MatrixHandle?
  /// ∂L/∂shifts, where there is a backward pass. The workspace sums them.
  package var shiftGradients: MatrixHandle?
  /// ∂L/∂outputs, then ∂L/∂values. The memory of ``outputs`` where there is no backward pass.
  package var gradients: MatrixHandle
  /// A copy of ``outputs`` for other threads; nil with one thread. Writing again what another core has
  /// read is slow, so that other threads read this.
  package var outputCopies: MatrixHandle?
  /// A copy of ``gradients`` for other threads.
  package var gradientCopies: MatrixHandle?

  /// ``outputs`` for any thread.
  package var sharedOutputs: MatrixHandle { outputCopies ?? outputs }
  /// ``gradients`` for any thread.
  package var sharedGradients: MatrixHandle { gradientCopies ?? gradients }

  /// The buffers of rows `range`; tables by level remain whole.
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
