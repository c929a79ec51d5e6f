public import LinearAlgebra

/// One step of a network, forward and backward.
///
/// A layer is a description; its parameters and all that a pass leaves behind lie elsewhere. The
/// methods work on any rows (forward, input gradients) or units (parameter gradients) of a batch,
/// so that threads can share it.
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
  /// This layer with the work of `next` taken over, or nil if it cannot: the two are then one pass
  /// over memory.
  func absorbing(_ next: any Layer) -> (any Layer)?

  /// Computes `buffers.outputs` from `input`. Both have the same rows, as have `conditions`.
  func forward(
    _ input: MatrixHandle, conditions: Conditions, parameters: ParameterHandles,
    buffers: LayerBuffers, engine: Engine)

  /// Turns `buffers.gradients` from ∂L/∂outputs into what ``backwardParameters`` needs, and writes
  /// ∂L/∂input to `inputGradients` if that is wanted.
  func backwardInput(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers,
    inputGradients: MatrixHandle?, engine: Engine)

  /// Writes the gradients of the parameters of output columns `units`, over all rows.
  func backwardParameters(
    _ input: MatrixHandle, conditions: Conditions, buffers: LayerBuffers, units: Range<Int>,
    gradients: ParameterHandles, engine: Engine)
}

/// What a layer writes for each row of a batch, `outputWidth` columns each.
public struct LayerBuffers: Sendable {
  /// Before the activation. May be the memory of ``outputs`` if the layer does not keep them.
  public var values: MatrixHandle
  /// What the next layer reads.
  public var outputs: MatrixHandle
  /// The derivative of the activation, where the layer keeps it and there is a way back.
  public var derivatives: MatrixHandle?
  /// ∂L/∂outputs, then ∂L/∂values. The memory of ``outputs`` where there is no way back.
  public var gradients: MatrixHandle

  /// The buffers of rows `range`.
  public func rows(_ range: Range<Int>) -> LayerBuffers {
    LayerBuffers(
      values: values.rows(range), outputs: outputs.rows(range),
      derivatives: derivatives?.rows(range), gradients: gradients.rows(range))
  }
}

/// The condition of each row of a batch, a timestep say, in memory that the caller owns.
@safe
public struct Conditions: @unchecked Sendable {
  /// One number a row.
  public let base: UnsafePointer<Int32>
  /// How many rows.
  public let count: Int

  /// `count` conditions at `base`.
  public init(base: UnsafePointer<Int32>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  /// The conditions of rows `range`.
  public func rows(_ range: Range<Int>) -> Conditions {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count,
      "Conditions: rows \(range) are outside of \(count)")
    return unsafe Conditions(base: base + range.lowerBound, count: range.count)
  }
}
