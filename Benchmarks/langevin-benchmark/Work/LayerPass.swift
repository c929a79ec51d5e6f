import LinearAlgebra
import NeuralNetwork

/// The forward and backward pass of a network on random numbers, with their own memory.
final class LayerPass {
  /// The number of rows in the batch.
  static let rows = 128
  /// The number of conditions from which each row's condition is drawn.
  static let conditions = 100

  private let network: Network
  private let workspace: Workspace
  private let input: Matrix<Float>
  private let timesteps: [Int32]
  private let outputGradients: Matrix<Float>
  private var inputGradients: Matrix<Float>?

  /// Creates passes through `network` with `engine`.
  init(_ network: Network, wantsInputGradients: Bool, engine: Engine) {
    self.network = network
    workspace = Workspace(network, capacity: Self.rows, engine: engine)
    input = RandomStream(seed: 1).normal(rows: Self.rows, columns: network.inputWidth)
    outputGradients = RandomStream(seed: 2).normal(rows: Self.rows, columns: network.outputWidth)
    var timesteps = [Int32](repeating: 0, count: Self.rows)
    RandomStream(seed: 3).fillIntegers(below: Self.conditions, &timesteps)
    self.timesteps = timesteps
    inputGradients =
      wantsInputGradients ? Matrix<Float>(rows: Self.rows, columns: network.inputWidth) : nil
  }

  /// The outputs and gradients of the last passes.
  var results: [Matrix<Float>] {
    [workspace.forward(network, input, conditions: conditions), workspace.gradients.flat]
      + [inputGradients].compactMap(\.self)
  }

  /// Runs the forward pass as part 0 and the backward pass as part 1.
  func run(_ watch: inout Stopwatch) {
    input.withHandle { input in
      unsafe timesteps.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let conditions = unsafe Conditions(base: base, count: buffer.count)
        watch.start()
        _ = workspace.forward(network, input, conditions: conditions)
        watch.lap(0)
        // The backward pass overwrites them; in a deeper network, the next layer has just written them.
        outputGradients.withHandle { workspace.outputGradients(rows: Self.rows).copy($0) }
        // Without input gradients there is no matrix for them.
        if inputGradients == nil {
          backward(input, conditions, nil, &watch)
        } else {
          inputGradients?.withMutableHandle { backward(input, conditions, $0, &watch) }
        }
      }
    }
  }

  private func backward(
    _ input: MatrixHandle<Float>, _ conditions: Conditions, _ inputGradients: MatrixHandle<Float>?,
    _ watch: inout Stopwatch
  ) {
    watch.start()
    workspace.backward(network, input, conditions: conditions, inputGradients: inputGradients)
    watch.lap(1)
  }

  private var conditions: [Int32] { network.conditionCount == nil ? [] : timesteps }
}
