import LangevinPreconditions
public import LinearAlgebra

/// A layer that you write, with its backward pass.
///
/// A layer without parameters needs two methods: ``forward(_:outputs:)`` and
/// ``backward(_:outputs:outputGradients:inputGradients:)``. A layer with parameters also declares them and
/// implements ``parameterGradients(_:outputs:outputGradients:gradients:)``. For y = x ⊙ g with a learned g:
///
///     struct Gain: CustomLayer {
///       let name: String, width: Int
///       var parameters: [ParameterDeclaration] {
///         [.vector("\(name).gain", count: width, initialRange: 0.5...1.5)]
///       }
///       func forward(_ pass: borrowing LayerInputs, outputs: inout MutableMatrixView) {
///         for r in 0..<outputs.rows {
///           for c in 0..<width { outputs[r, c] = pass.input[r, c] * pass.parameter(0)[0, c] }
///         }
///       }
///       …
///
/// Several threads call the methods concurrently, each with its own rows, so a row's result must not depend
/// on other rows. Check the gradients against central differences of the loss.
public protocol CustomLayer: Layer {
  /// The parameters. Empty by default.
  var parameters: [ParameterDeclaration] { get }
  /// The number of conditions that the layer knows, or nil, the default, if it uses no conditions.
  var conditionCount: Int? { get }

  /// Returns the number of output columns for `inputWidth` input columns. By default, `inputWidth`.
  ///
  /// An implementation stops the program if the layer cannot take `inputWidth` columns.
  func outputWidth(inputWidth: Int) -> Int

  /// Writes the outputs of the rows in `pass` to `outputs`.
  func forward(_ pass: borrowing LayerInputs, outputs: inout MutableMatrixView<Float>)

  /// Computes ∂L/∂input of the rows in `pass` from `outputGradients`, which is ∂L/∂outputs, and writes it to
  /// `inputGradients`.
  func backward(
    _ pass: borrowing LayerInputs, outputs: MatrixView<Float>, outputGradients: MatrixView<Float>,
    inputGradients: inout MutableMatrixView<Float>)

  /// Adds ∂L/∂parameters, summed over the rows in `pass`, to `gradients`. By default, does nothing.
  ///
  /// A call handles some units of each parameter, given by ``ParameterGradients/units(of:)``, and all rows
  /// of the batch.
  func parameterGradients(
    _ pass: borrowing LayerInputs, outputs: MatrixView<Float>, outputGradients: MatrixView<Float>,
    gradients: inout ParameterGradients)
}

extension CustomLayer {
  public var parameters: [ParameterDeclaration] { [] }
  public var conditionCount: Int? { nil }
  public func outputWidth(inputWidth: Int) -> Int { inputWidth }
  public func parameterGradients(
    _ pass: borrowing LayerInputs, outputs: MatrixView<Float>, outputGradients: MatrixView<Float>,
    gradients: inout ParameterGradients
  ) {}

  public var passes: LayerPasses { LayerPasses(CustomKernelLayer(layer: self)) }
}

/// The inputs of a layer in one pass: rows of the batch, their conditions and the parameters.
public struct LayerInputs: ~Escapable {
  /// The input rows.
  public let input: MatrixView<Float>
  /// The condition of each row; empty if no layer of the network uses conditions.
  public let conditions: Span<Int32>
  private let handles: ParameterHandles

  @_lifetime(immortal)
  init(_ input: MatrixHandle<Float>, _ conditions: Conditions, _ parameters: ParameterHandles) {
    self.input = MatrixView<Float>(input)
    let span = unsafe Span(_unsafeStart: conditions.base, count: conditions.count)
    self.conditions = unsafe _overrideLifetime(span, copying: ())
    handles = parameters
  }

  /// Returns parameter number `index` of the layer, a matrix; a vector is a matrix of one row.
  @_lifetime(copy self)
  public func parameter(_ index: Int) -> MatrixView<Float> {
    handles.check(index)
    return unsafe _overrideLifetime(MatrixView<Float>(handles[index]), copying: self)
  }
}

/// The gradients of some units of each parameter of a layer.
///
/// A unit is a row of a matrix or an element of a vector. Each thread handles some of the units.
public struct ParameterGradients: ~Copyable, ~Escapable {
  private let handles: ParameterHandles
  private let part: Part

  @_lifetime(immortal)
  init(_ handles: ParameterHandles, _ part: Part) {
    self.handles = handles
    self.part = part
  }

  /// Returns the units of parameter number `index` whose gradients this call computes.
  public func units(of index: Int) -> Range<Int> {
    handles.check(index)
    return handles.rows(ofParameter: index, part)
  }

  /// Returns the gradients of the units `units(of: index)` of parameter number `index`.
  ///
  /// For a matrix, row i holds the gradients of the i-th of these units; for a vector, the single row has a
  /// column for each unit.
  @_lifetime(&self)
  public mutating func units(ofParameter index: Int) -> MutableMatrixView<Float> {
    unsafe _overrideLifetime(MutableMatrixView<Float>(handle(index)), mutating: &self)
  }

  fileprivate func handle(_ index: Int) -> MatrixHandle<Float> {
    let units = units(of: index)
    return handles.isVector(index) ? handles[index].columns(units) : handles[index].rows(units)
  }
}

extension ParameterHandles {
  /// Stops the program unless the layer has parameter number `index`.
  ///
  /// Without the check, a larger number would reach the parameters of other layers.
  fileprivate func check(_ index: Int) {
    require(
      index >= 0 && index < count,
      "CustomLayer: no parameter number \(index); the layer declares \(count)")
  }
}

/// A custom layer, wrapped for the passes.
private struct CustomKernelLayer: KernelLayer {
  let layer: any CustomLayer

  var passes: LayerPasses { LayerPasses(self) }
  var parameters: [ParameterDeclaration] { layer.parameters }
  var conditionCount: Int? { layer.conditionCount }
  func outputWidth(inputWidth: Int) -> Int { layer.outputWidth(inputWidth: inputWidth) }

  func forward(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle<Float>, buffers: LayerBuffers, engine: Engine
  ) {
    var outputs = MutableMatrixView<Float>(buffers.outputs)
    layer.forward(LayerInputs(input, conditions, parameters), outputs: &outputs)
    buffers.outputCopies?.copy(buffers.outputs)
  }

  func backwardInput(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    buffers: LayerBuffers, inputGradients: MatrixHandle<Float>, epilogue: BackwardEpilogue,
    engine: Engine
  ) {
    var gradients = MutableMatrixView<Float>(inputGradients)
    layer.backward(
      LayerInputs(input, conditions, parameters), outputs: MatrixView<Float>(buffers.outputs),
      outputGradients: MatrixView<Float>(buffers.gradients), inputGradients: &gradients)
    epilogue.apply(to: inputGradients, engine: engine)
  }

  func backwardParameters(
    _ input: MatrixHandle<Float>, conditions: GroupedConditions, parameters: ParameterHandles,
    buffers: LayerBuffers, part: Part, adds: Bool, gradients: ParameterHandles, engine: Engine
  ) {
    var own = ParameterGradients(gradients, part)
    if !adds {
      for index in layer.parameters.indices { own.handle(index).fill(0) }
    }
    layer.parameterGradients(
      LayerInputs(input, conditions.byRow, parameters),
      outputs: MatrixView<Float>(buffers.sharedOutputs),
      outputGradients: MatrixView<Float>(buffers.sharedGradients), gradients: &own)
  }
}
