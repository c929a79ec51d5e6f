import LangevinPreconditions

/// A chain of layers, and the places of their parameters.
struct LayerChain: Sendable {
  /// The layers in the order of computation, with activations merged.
  let layers: [any KernelLayer]
  /// The number of input columns.
  let inputWidth: Int
  /// The number of output columns of each layer.
  let widths: [Int]
  /// For each layer, the index of its first parameter among the parameters of the network.
  let firstParameters: [Int]
  /// The index of the first layer that has parameters, or else of the last layer.
  ///
  /// Training does not need the gradients of this layer's input.
  let firstLearning: Int
  /// The parameters of all layers.
  let declarations: [ParameterDeclaration]

  /// Creates a chain of `layers` and merges activations into the linear layers before them.
  ///
  /// In the network, `firstParameter` parameters precede those of the chain.
  init(_ layers: [any Layer], inputWidth: Int, firstParameter: Int = 0) {
    require(!layers.isEmpty, "Network: no layers")
    var merged: [any KernelLayer] = []
    for layer in layers.map(\.passes.layer) {
      if let last = merged.last, let both = last.fused(with: layer) {
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
      require(width > 0, "Network: a layer has \(width) output columns; it needs at least 1")
      widths.append(width)
      firstParameters.append(firstParameter + declarations.count)
      declarations += layer.parameters
    }
    self.layers = merged
    self.inputWidth = inputWidth
    self.widths = widths
    self.firstParameters = firstParameters
    self.declarations = declarations
    firstLearning = merged.firstIndex { !$0.parameters.isEmpty } ?? merged.count - 1
  }

  /// The number of output columns.
  var outputWidth: Int { widths[widths.count - 1] }

  /// The floating-point operations of one forward pass for one row.
  var operationsPerRow: Int { layers.reduce(0) { $0 + $1.operationsPerRow } }
}
