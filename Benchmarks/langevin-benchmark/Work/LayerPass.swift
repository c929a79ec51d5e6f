import LinearAlgebra
import NeuralNetwork

/// A network's way there and back on random numbers, in memory of its own.
final class LayerPass {
  /// Rows of the batch.
  static let rows = 128
  /// How many conditions a row's is drawn from.
  static let conditions = 100

  private let network: Network
  private let workspace: Workspace
  private let input: Matrix
  private let timesteps: [Int32]
  private let outputGradients: Matrix
  private var inputGradients: Matrix?

  /// Passes through `network` by `engine`.
  init(_ network: Network, wantsInputGradients: Bool, engine: Engine) {
    self.network = network
    workspace = Workspace(network, capacity: Self.rows, engine: engine)
    input = RandomStream(seed: 1).normal(rows: Self.rows, columns: network.inputWidth)
    outputGradients = RandomStream(seed: 2).normal(rows: Self.rows, columns: network.outputWidth)
    var timesteps = [Int32](repeating: 0, count: Self.rows)
    RandomStream(seed: 3).fillIntegers(below: Self.conditions, &timesteps)
    self.timesteps = timesteps
    inputGradients =
      wantsInputGradients ? Matrix(rows: Self.rows, columns: network.inputWidth) : nil
  }

  /// What the last pass left.
  var results: [Matrix] {
    [workspace.forward(network, input, conditions: conditions), workspace.gradients.flat]
      + [inputGradients].compactMap(\.self)
  }

  /// Part 0 is the way there, part 1 the way back.
  func run(_ watch: inout Stopwatch) {
    input.withHandle { input in
      unsafe timesteps.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let conditions = unsafe Conditions(base: base, count: buffer.count)
        watch.start()
        _ = workspace.forward(network, input, conditions: conditions)
        watch.lap(0)
        // The way back overwrites them; in a deeper network the layer above has just done this.
        outputGradients.withHandle { workspace.outputGradients(rows: Self.rows).copy($0) }
        // Without a way back to the inputs there is no matrix for their gradients.
        if inputGradients == nil {
          backward(input, conditions, nil, &watch)
        } else {
          inputGradients?.withMutableHandle { backward(input, conditions, $0, &watch) }
        }
      }
    }
  }

  private func backward(
    _ input: MatrixHandle, _ conditions: Conditions, _ inputGradients: MatrixHandle?,
    _ watch: inout Stopwatch
  ) {
    watch.start()
    workspace.backward(network, input, conditions: conditions, inputGradients: inputGradients)
    watch.lap(1)
  }

  private var conditions: [Int32] { network.conditionCount == nil ? [] : timesteps }
}
