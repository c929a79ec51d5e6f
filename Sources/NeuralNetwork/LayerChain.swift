import LangevinPreconditions

/// Layers one after the other, and where their parameters are.
struct LayerChain: Sendable {
  /// The layers as they are computed.
  let layers: [any KernelLayer]
  /// Columns that go in.
  let inputWidth: Int
  /// Columns that come out of each layer.
  let widths: [Int]
  /// For each layer, the number of its first parameter among those of the network.
  let firstParameters: [Int]
  /// The first layer that learns, or else the last: gradients of what goes into it are not needed to
  /// learn.
  let firstLearning: Int
  /// The parameters of all layers.
  let declarations: [ParameterDeclaration]

  /// A chain of `layers`, activations merged into linear layers before them. The network has
  /// `firstParameter` parameters before those of the chain.
  init(_ layers: [any Layer], inputWidth: Int, firstParameter: Int = 0) {
    require(!layers.isEmpty, "Network: there are no layers")
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
      require(width > 0, "Network: a layer has \(width) columns of outputs")
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

  /// Columns that come out.
  var outputWidth: Int { widths[widths.count - 1] }

  /// Floating-point operations of one forward pass for one row.
  var operationsPerRow: Int { layers.reduce(0) { $0 + $1.operationsPerRow } }
}
