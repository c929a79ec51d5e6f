public import LinearAlgebra

/// One step of a network, forward and backward.
///
/// A layer is a description; its parameters and all that a pass leaves behind lie elsewhere. The
/// methods work on any rows of a batch (forward, input gradients) or of the parameters (their
/// gradients), so that threads can share them.
public protocol Layer: Sendable {
  /// The parameters, in the order in which ``ParameterHandles`` counts them.
  var parameters: [ParameterDeclaration] { get }
  /// How many columns come out if `inputWidth` go in. Stops the program if they do not fit.
  func outputWidth(inputWidth: Int) -> Int
  /// How many conditions there are to choose from, or nil if the layer has none.
  var conditionCount: Int? { get }
  /// Floating-point operations of the product for one row, a multiplication and its addition
  /// counted as two.
  var operationsPerRow: Int { get }
  /// Whether ``LayerBuffers/values`` must survive until the way back.
  var keepsValues: Bool { get }
  /// Whether it writes ``LayerBuffers/derivatives``.
  var keepsDerivatives: Bool { get }
  /// Whether it works on the residual stream that the layers of a network share. By default false.
  var usesStream: Bool { get }
  /// The columns of the embedding's outputs that are its table of shifts, as many as come out; nil,
  /// by default, if it has none.
  var shiftColumns: Range<Int>? { get }
  /// This layer with the work of `next` taken over, or nil if it cannot: the two are then one pass
  /// over memory.
  func absorbing(_ next: any Layer) -> (any Layer)?

  /// How many floats ``pack(_:into:engine:)`` writes. By default 0.
  func packedCount(engine: Engine) -> Int
  /// Writes the parameters to `packed` in the order in which `forward` reads them, once for all
  /// rows. By default nothing.
  func pack(_ parameters: ParameterHandles, into packed: MatrixHandle, engine: Engine)

  /// Computes `buffers.outputs` from `input`. Both have the same rows, as have `conditions`.
  func forward(
    _ input: MatrixHandle, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle, buffers: LayerBuffers, engine: Engine)

  /// What turns ∂L/∂outputs, in `buffers.gradients`, into what the two functions below need there.
  func backwardEpilogue(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers
  ) -> BackwardEpilogue

  /// Computes ∂L/∂input from `buffers.gradients`, applies `epilogue`, which is of the layer before,
  /// and writes the result to `inputGradients`.
  func backwardInput(
    parameters: ParameterHandles, buffers: LayerBuffers, inputGradients: MatrixHandle,
    epilogue: BackwardEpilogue, engine: Engine)

  /// Writes the gradients of `part` of each parameter, over all rows: of those of its rows that
  /// ``ParameterDeclaration/rows(of:)`` says. With `adds`, they come to those that are there: of
  /// earlier rows of the batch.
  func backwardParameters(
    _ input: MatrixHandle, conditions: GroupedConditions, buffers: LayerBuffers,
    part: Part, adds: Bool, gradients: ParameterHandles, engine: Engine)
}

extension Layer {
  public var usesStream: Bool { false }
  public var shiftColumns: Range<Int>? { nil }
  public func packedCount(engine: Engine) -> Int { 0 }
  public func pack(_ parameters: ParameterHandles, into packed: MatrixHandle, engine: Engine) {}
}

/// What a layer writes for each row of a batch, `outputWidth` columns each, with one stride.
public struct LayerBuffers: Sendable {
  /// Before the activation; nil where nobody needs them.
  public var values: MatrixHandle?
  /// What the next layer reads.
  public var outputs: MatrixHandle
  /// Where the gradients of each row's scales go, for layers that keep values. May be the memory of
  /// ``values``.
  public var scaleGradients: MatrixHandle?
  /// The derivative of the activation, where the layer keeps it and there is a way back.
  public var derivatives: MatrixHandle?
  /// The derivative of the activation within a block, where that is kept.
  public var innerDerivatives: MatrixHandle?
  /// The residual stream, where the layer uses it.
  public var stream: MatrixHandle?
  /// ∂L/∂stream, where there is a way back.
  public var streamGradients: MatrixHandle?
  /// The table of shifts: a row for each level, not for each of the batch.
  public var shifts: MatrixHandle?
  /// ∂L/∂shifts, where there is a way back. The workspace sums them.
  public var shiftGradients: MatrixHandle?
  /// ∂L/∂outputs, then ∂L/∂values. The memory of ``outputs`` where there is no way back.
  public var gradients: MatrixHandle
  /// Where a copy of ``outputs`` goes, for other threads; nil if there are none. To write again what
  /// another core has read is slow, so others read these.
  public var outputCopies: MatrixHandle?
  /// Where a copy of ``gradients`` goes.
  public var gradientCopies: MatrixHandle?

  /// ``outputs`` for any thread.
  public var sharedOutputs: MatrixHandle { outputCopies ?? outputs }
  /// ``gradients`` for any thread.
  public var sharedGradients: MatrixHandle { gradientCopies ?? gradients }

  /// The buffers of rows `range`; tables by level remain whole.
  public func rows(_ range: Range<Int>) -> LayerBuffers {
    LayerBuffers(
      values: values?.rows(range), outputs: outputs.rows(range),
      scaleGradients: scaleGradients?.rows(range), derivatives: derivatives?.rows(range),
      innerDerivatives: innerDerivatives?.rows(range), stream: stream?.rows(range),
      streamGradients: streamGradients?.rows(range), shifts: shifts,
      shiftGradients: shiftGradients, gradients: gradients.rows(range),
      outputCopies: outputCopies?.rows(range), gradientCopies: gradientCopies?.rows(range))
  }
}
