import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

/// A chain of layers with their parameters.
///
///     var network = Network(
///       [Linear("hidden", inputs: 2, outputs: 64), Activation.softplus, Linear("out", inputs: 64, outputs: 1)],
///       inputWidth: 2)
///
/// An ``Activation`` after a linear layer is computed with that layer, in one pass over memory.
///
/// A network can have an embedding: layers that turn the features of each level (a noise level, for example)
/// into a row of a table. ``EmbeddingShift`` adds columns of that row to the samples of the level. The
/// conditions of a batch are then the levels of its rows, in ascending order.
public struct Network: Sendable {
  /// The layers that the rows of a batch pass through.
  let trunk: LayerChain
  /// The layers of the embedding; nil without an embedding.
  let embedding: LayerChain?
  /// The smallest number of conditions that a layer knows, or nil if no layer uses conditions.
  ///
  /// Levels are not counted here: the features of a pass have one row per level.
  public let conditionCount: Int?
  /// The learned parameters.
  public var parameters: Parameters

  /// Creates a network of `layers` for inputs of `inputWidth` columns.
  ///
  /// - Parameters:
  ///   - layers: The layers, each of which takes the output of the layer before.
  ///   - inputWidth: The number of input columns.
  ///   - embedding: The layers that turn the features of a level into a row of the embedding, whose columns
  ///     ``EmbeddingShift`` adds to the rows of the level; empty for a network without an embedding.
  ///   - featureWidth: The number of features of a level.
  ///   - stream: A function that returns the random numbers for the initial values of parameter i.
  public init(
    _ layers: [any Layer], inputWidth: Int, embedding: [any Layer] = [], featureWidth: Int = 0,
    initializedFrom stream: (Int) -> RandomStream = { RandomStream(seed: 0, stream: UInt64($0)) }
  ) {
    trunk = LayerChain(layers, inputWidth: inputWidth)
    self.embedding =
      embedding.isEmpty
      ? nil
      : LayerChain(
        embedding, inputWidth: featureWidth, firstParameter: trunk.declarations.count)
    let shifts = trunk.layers.compactMap(\.shiftColumns)
    let width = self.embedding?.outputWidth ?? 0
    require(
      shifts.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= width },
      "Network: layers add columns \(shifts) of an embedding of width \(width)")
    require(
      Set(shifts.joined()).count == shifts.reduce(0) { $0 + $1.count },
      "Network: two layers add the same column of the embedding: \(shifts)")
    conditionCount = trunk.layers.compactMap(\.conditionCount).min()
    require(
      conditionCount == nil || embedding.isEmpty,
      "Network: an embedding excludes layers that use conditions, such as ConditionalLinear")
    parameters = Parameters(
      initial: ParameterLayout(trunk.declarations + (self.embedding?.declarations ?? [])),
      stream: stream)
  }

  /// The layers in the order of computation, without those of the embedding.
  package var layers: [any KernelLayer] { trunk.layers }
  /// The number of input columns.
  public var inputWidth: Int { trunk.inputWidth }
  /// The number of output columns of each layer.
  public var widths: [Int] { trunk.widths }
  /// The number of output columns.
  public var outputWidth: Int { trunk.outputWidth }
  /// The number of features of a level; nil without an embedding.
  public var featureWidth: Int? { embedding?.inputWidth }

  /// The floating-point operations of one forward pass for one row.
  ///
  /// A multiplication and its addition count as two.
  package var operationsPerRow: Int { trunk.operationsPerRow }
  /// The floating-point operations of the embedding for one level.
  package var operationsPerLevel: Int { embedding?.operationsPerRow ?? 0 }

  /// Returns the outputs for `input`, one row per input row.
  ///
  /// - Parameters:
  ///   - input: The inputs, rows × ``inputWidth``.
  ///   - conditions: The condition of each row; empty if no layer uses conditions. With an embedding, each
  ///     condition is the index of a row of `features`, in ascending order.
  ///   - features: The features, levels × ``featureWidth``; nil without an embedding.
  ///   - engine: The implementation of the kernels.
  public func callAsFunction(
    _ input: Matrix<Float>, conditions: [Int32] = [], features: Matrix<Float>? = nil,
    engine: Engine = .current
  ) -> Matrix<Float> {
    // The levels of a batch may span more levels than it has rows.
    let capacity = max(input.rows, features?.rows ?? 0)
    let workspace = Workspace(
      self, capacity: capacity, purpose: .inference, engine: engine, pool: ThreadPool(threads: 1))
    return workspace.forward(self, input, conditions: conditions, features: features)
  }
}
