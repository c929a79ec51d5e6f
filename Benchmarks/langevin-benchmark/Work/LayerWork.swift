import LinearAlgebra
import NeuralNetwork

/// One layer of the preset original on a batch: the product and its epilogue.
struct LayerWork {
  /// The number of input columns.
  let inputs: Int
  /// The number of output columns.
  let outputs: Int
  /// Whether it is a hidden layer, which has a scale for each timestep and softplus.
  let isHidden: Bool
  /// Whether the backward pass computes input gradients, which the first layer does not need.
  let wantsInputGradients: Bool

  /// The layers of the preset original.
  static let all = [
    LayerWork(inputs: 2, outputs: 128, isHidden: true, wantsInputGradients: false),
    LayerWork(inputs: 128, outputs: 128, isHidden: true, wantsInputGradients: true),
    LayerWork(inputs: 128, outputs: 2, isHidden: false, wantsInputGradients: true),
  ]

  private static let engines = [
    ("swift", Engine.swift), (Contender.reference, Engine.openBLAS),
  ]

  /// The row of the tables.
  var subject: Subject {
    Subject(
      .layers, group: "layer", detail: "\(inputs) → \(outputs)", seconds: 2,
      shortestTiming: Subject.longTiming / 5
    ) { () throws(BenchmarkError) in try contenders() }
  }

  /// The network that consists of this layer.
  var network: Network {
    let hidden: [any Layer] = [
      ConditionalLinear(
        "hidden", inputs: inputs, outputs: outputs, conditions: LayerPass.conditions),
      Activation.softplus,
    ]
    let last: [any Layer] = [Linear("last", inputs: inputs, outputs: outputs)]
    return Network(isHidden ? hidden : last, inputWidth: inputs)
  }

  private func contenders() throws(BenchmarkError) -> [Contender] {
    let network = network
    let rows = LayerPass.rows
    let forward = network.forwardOperations(rows: rows)
    let parts = [
      Contender.Part(name: "forward", operations: forward),
      Contender.Part(name: "backward", operations: wantsInputGradients ? 2 * forward : forward),
    ]
    var passes: [LayerPass] = []
    var contenders: [Contender] = []
    for (name, engine) in Self.engines {
      let pass = LayerPass(network, wantsInputGradients: wantsInputGradients, engine: engine)
      passes.append(pass)
      contenders.append(Contender(name, parts: parts) { pass.run(&$0) })
    }
    try Self.checkAgreement(passes)
    return contenders
  }

  private static func checkAgreement(_ passes: [LayerPass]) throws(BenchmarkError) {
    for (pass, (name, _)) in zip(passes, engines) {
      var watch = Stopwatch(parts: 2)
      pass.run(&watch)
      for (result, expected) in zip(pass.results, passes[0].results) {
        // The elements are sums of up to some hundred products, each of a few units.
        try Agreement.check(name, result, expected, within: 1e-3)
      }
    }
  }
}
