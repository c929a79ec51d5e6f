import LangevinPreconditions
public import LinearAlgebra

/// Layers one after the other, with their parameters.
///
///     var network = Network(
///       [Linear("hidden", inputs: 2, outputs: 64), Activation.softplus, Linear("out", inputs: 64, outputs: 1)],
///       inputWidth: 2)
///
/// An ``Activation`` behind a linear layer is computed with it, in one pass over memory.
///
/// A network can have an embedding: layers that turn the features of each level (of noise, for example)
/// into a row of a table. ``EmbeddingShift`` adds columns of the row of the sample's level. The
/// conditions of the batch are then the levels of its rows, in ascending order.
public struct Network: Sendable {
  /// What the rows of a batch go through.
  let trunk: LayerChain
  /// The layers of the embedding; nil without an embedding.
  let embedding: LayerChain?
  /// The smallest number of conditions that a layer knows, or nil if none has any. Levels do not
  /// count: there are as many as rows of features.
  public let conditionCount: Int?
  /// What is learned.
  public var parameters: Parameters

  /// Creates a network of `layers`, which take `inputWidth` columns.
  ///
  /// - Parameters:
  ///   - layers: The layers, each of which takes the columns that come out of the one before.
  ///   - inputWidth: The number of columns that go in.
  ///   - embedding: Layers that turn the features of a level into a row of the embedding, of which
  ///     ``EmbeddingShift`` adds columns to the rows of the level; none if there is no embedding.
  ///   - featureWidth: The number of features of a level.
  ///   - stream: The random numbers from which parameter i is drawn.
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
      "Network: layers add columns \(shifts) of an embedding of \(width)")
    require(
      Set(shifts.joined()).count == shifts.reduce(0) { $0 + $1.count },
      "Network: two layers add the same column of the embedding: \(shifts)")
    conditionCount = trunk.layers.compactMap(\.conditionCount).min()
    require(
      conditionCount == nil || embedding.isEmpty,
      "Network: layers with conditions of their own do not go with an embedding")
    parameters = Parameters(
      initial: ParameterLayout(trunk.declarations + (self.embedding?.declarations ?? [])),
      stream: stream)
  }

  /// The layers as they are computed; those of the embedding are not among them.
  package var layers: [any KernelLayer] { trunk.layers }
  /// Columns that go in.
  public var inputWidth: Int { trunk.inputWidth }
  /// Columns that come out of each layer.
  public var widths: [Int] { trunk.widths }
  /// Columns that come out.
  public var outputWidth: Int { trunk.outputWidth }
  /// How many features a level has; nil if there is no embedding.
  public var featureWidth: Int? { embedding?.inputWidth }

  /// Floating-point operations of one forward pass for one row, a product's multiplication and
  /// addition counted as two.
  public var operationsPerRow: Int { trunk.operationsPerRow }
  /// The same of the embedding, for one level.
  public var operationsPerLevel: Int { embedding?.operationsPerRow ?? 0 }

  /// The outputs for `input`, row by row, under `conditions` (one a row; empty if no layer has any).
  /// With an embedding, conditions are rows of `features`.
  public func callAsFunction(
    _ input: Matrix, conditions: [Int32] = [], features: Matrix? = nil, engine: Engine = .current
  ) -> Matrix {
    // Levels may be further apart than there are rows.
    let capacity = max(input.rows, features?.rows ?? 0)
    let workspace = Workspace(self, capacity: capacity, purpose: .inference, engine: engine)
    return workspace.forward(self, input, conditions: conditions, features: features)
  }
}
