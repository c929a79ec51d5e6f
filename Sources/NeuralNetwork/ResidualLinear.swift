package import LinearAlgebra

/// A layer on a residual stream h, a matrix with one row per sample that the layers of a network share.
///
/// The first such layer begins the stream:
///
///     h = x Wᵀ + b
///
/// Each other layer, a block, adds to the stream, with a shift E[c] chosen by the level c of the sample
/// (He et al. 2016, arXiv 1512.03385):
///
///     s = x Wᵀ + b + E[c]
///     h ← h + φ(s)
///
/// The output, which is the input of the next layer, is a = φ(h). Backward, with g = ∂L/∂a, where H is the
/// ∂L/∂h that the next block passes back (zero for the last block):
///
///     G = g ⊙ φ'(h) + H,  which is H for the layer before
///     ∂L/∂s = G ⊙ φ'(s),  or G in the first layer
///     ∂L/∂E[k] = Σ_{rows with c = k} ∂L/∂s
///     ∂L/∂x = ∂L/∂s W,  ∂L/∂W = (∂L/∂s)ᵀ x,  ∂L/∂b = Σ_rows ∂L/∂s
///
/// ``Network/residual(inputWidth:outputWidth:width:blocks:featureWidth:activation:octaves:plainColumns:categories:initializedFrom:)``
/// builds networks of such layers. The parameters are those of ``Linear``.
package struct ResidualLinear: KernelLayer, Hashable {
  /// The role of a layer in the stream.
  enum Role: Hashable {
    case first
    /// Adds to the stream, with the shifts in these columns of the embedding.
    case block(shiftColumns: Range<Int>, isLast: Bool)
  }

  /// The product inside the layer, without activation.
  private let linear: Linear
  private let role: Role
  /// The activation φ.
  package let activation: Activation

  init(_ name: String, inputs: Int, outputs: Int, activation: Activation, role: Role) {
    linear = Linear(name, inputs: inputs, outputs: outputs)
    self.activation = activation
    self.role = role
  }

  /// The prefix of the names of its parameters.
  package var name: String { linear.name }
  /// The number of input columns.
  package var inputs: Int { linear.inputs }
  /// The number of columns of the output and of the stream.
  package var outputs: Int { linear.outputs }

  public var passes: LayerPasses { LayerPasses(self) }

  package var parameters: [ParameterDeclaration] { linear.parameters }
  package func outputWidth(inputWidth: Int) -> Int { linear.outputWidth(inputWidth: inputWidth) }
  package var operationsPerRow: Int { linear.operationsPerRow }
  package var keepsDerivatives: Bool { true }
  package var usesStream: Bool { true }

  package var shiftColumns: Range<Int>? {
    if case .block(let columns, _) = role { columns } else { nil }
  }

  package func packedCount(engine: Engine) -> Int { linear.packedCount(engine: engine) }

  package func pack(
    _ parameters: ParameterHandles, into packed: MatrixHandle<Float>, engine: Engine
  ) {
    linear.pack(parameters, into: packed, engine: engine)
  }

  package func forward(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle<Float>, buffers: LayerBuffers, engine: Engine
  ) {
    buffers.formResidualOutputs(
      input, weight: parameters[0], packed: packed, bias: parameters[1], conditions: conditions,
      activation: activation, engine: engine)
  }

  package func backwardEpilogue(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers
  ) -> BackwardEpilogue {
    var addsStreamGradients = true
    if case .block(_, isLast: true) = role { addsStreamGradients = false }
    return BackwardEpilogue(
      derivatives: buffers.derivatives, gradientCopies: buffers.gradientCopies,
      innerDerivatives: buffers.innerDerivatives, streamGradients: buffers.streamGradients,
      addsStreamGradients: addsStreamGradients)
  }

  package func backwardInput(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    buffers: LayerBuffers, inputGradients: MatrixHandle<Float>, epilogue: BackwardEpilogue,
    engine: Engine
  ) {
    linear.backwardInput(
      input, conditions: conditions, parameters: parameters, buffers: buffers,
      inputGradients: inputGradients, epilogue: epilogue, engine: engine)
  }

  package func backwardParameters(
    _ input: MatrixHandle<Float>, conditions: GroupedConditions, parameters: ParameterHandles,
    buffers: LayerBuffers, part: Part, adds: Bool, gradients: ParameterHandles, engine: Engine
  ) {
    linear.backwardParameters(
      input, conditions: conditions, parameters: parameters, buffers: buffers, part: part,
      adds: adds, gradients: gradients, engine: engine)
  }
}
