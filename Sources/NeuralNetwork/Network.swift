public import LinearAlgebra

/// Layers one after the other, with their parameters.
///
///     var network = Network(
///       [Linear("hidden", inputs: 2, outputs: 64), Softplus(), Linear("out", inputs: 64, outputs: 1)],
///       inputWidth: 2)
///
/// An activation behind a linear layer is merged into it; ``layers`` shows the result.
public struct Network: Sendable {
  /// The layers as they are computed.
  public let layers: [any Layer]
  /// Columns that go in.
  public let inputWidth: Int
  /// Columns that come out of each layer.
  public let widths: [Int]
  /// The smallest number of conditions that a layer knows, or nil if none has any.
  public let conditionCount: Int?
  /// For each layer, the number of its first parameter.
  let firstParameters: [Int]
  /// What is learned.
  public var parameters: Parameters

  /// A network of `layers`, which take `inputWidth` columns, with initial parameters drawn from
  /// `stream(i)` for parameter i.
  public init(
    _ layers: [any Layer], inputWidth: Int,
    initialisedFrom stream: (Int) -> RandomStream = { RandomStream(seed: 0, stream: UInt64($0)) }
  ) {
    precondition(!layers.isEmpty, "Network: there are no layers")
    var merged: [any Layer] = []
    for layer in layers {
      if let last = merged.last, let both = last.absorbing(layer) {
        merged[merged.count - 1] = both
      } else {
        merged.append(layer)
      }
    }
    var width = inputWidth
    var firstParameters: [Int] = []
    var declarations: [ParameterDeclaration] = []
    var widths: [Int] = []
    for layer in merged {
      width = layer.outputWidth(inputWidth: width)
      widths.append(width)
      firstParameters.append(declarations.count)
      declarations += layer.parameters
    }
    self.layers = merged
    self.inputWidth = inputWidth
    self.widths = widths
    self.conditionCount = merged.compactMap(\.conditionCount).min()
    self.firstParameters = firstParameters
    self.parameters = Parameters(initial: ParameterLayout(declarations), stream: stream)
  }

  /// Columns that come out.
  public var outputWidth: Int { widths[widths.count - 1] }

  /// Floating-point operations of one forward pass for one row, a product's multiplication and
  /// addition counted as two.
  public var operationsPerRow: Int { layers.reduce(0) { $0 + $1.operationsPerRow } }

  /// The outputs for `input`, row by row, under `conditions` (one a row; empty if no layer has any).
  public func callAsFunction(
    _ input: Matrix, conditions: [Int32] = [], engine: Engine = .current
  ) -> Matrix {
    let workspace = Workspace(self, capacity: input.rows, purpose: .inference, engine: engine)
    return workspace.forward(self, input, conditions: conditions)
  }
}
