import LangevinThreading
import LinearAlgebra

@testable import NeuralNetwork

/// A network that learns random targets; its layers have different numbers of conditions.
struct TrainingProblem: Sendable {
  let network: Network
  let input: Matrix<Float>
  let target: Matrix<Float>
  let conditions: [Int32]
  /// The features of each level, if there is an embedding.
  let features: Matrix<Float>?

  /// Creates a network with hidden layers of `widths`, and a batch of `rows`.
  init(widths: [Int], rows: Int) {
    var layers: [any Layer] = []
    var width = 2
    for (index, next) in widths.enumerated() {
      layers += [
        ConditionalLinear(
          "hidden\(index)", inputs: width, outputs: next, conditions: index == 0 ? 50 : 11),
        Activation.softplus,
      ]
      width = next
    }
    layers.append(Linear("output", inputs: width, outputs: 2))
    var conditions = [Int32](repeating: 0, count: rows)
    RandomStream(seed: 3).fillIntegers(below: 11, &conditions)
    self.init(
      Network(layers, inputWidth: 2) { RandomStream(seed: 42, stream: UInt64($0)) },
      conditions: conditions)
  }

  /// Creates a residual network, and a batch with one row per element of `levels`.
  init(
    residual width: Int, blocks: Int, featureWidth: Int = 6, activation: Activation = .silu,
    octaves: Int = 0, levels: [Int32]
  ) {
    self.init(
      .residual(
        inputWidth: 2, outputWidth: 2, width: width, blocks: blocks, featureWidth: featureWidth,
        activation: activation, octaves: octaves
      ) { RandomStream(seed: 42, stream: UInt64($0)) }, conditions: levels,
      features: RandomStream(seed: 4).normal(
        rows: Int(levels.last ?? 0) + 1, columns: featureWidth))
  }

  private init(_ network: Network, conditions: [Int32], features: Matrix<Float>? = nil) {
    self.network = network
    self.conditions = conditions
    self.features = features
    input = RandomStream(seed: 1).normal(rows: conditions.count, columns: 2)
    target = RandomStream(seed: 2).normal(rows: conditions.count, columns: 2)
  }

  /// The state after some training steps.
  struct Outcome: Equatable {
    var losses: [Double] = []
    var norms: [Double] = []
    var gradients: Parameters
    var parameters: Parameters
    var firstMoments: Parameters
    var secondMoments: Parameters
    var average: ExponentialMovingAverage?
  }

  /// Calls `body` with the first `rows` rows of the batch.
  func withBatch(
    rows: Int? = nil,
    _ body: (MatrixHandle<Float>, Conditions, MatrixHandle<Float>?, MatrixHandle<Float>) -> Void
  ) {
    let rows = 0..<(rows ?? input.rows)
    input.withHandle { input in
      target.withHandle { target in
        unsafe conditions.withUnsafeBufferPointer { buffer in
          guard let base = buffer.baseAddress else { return }
          let conditions = unsafe Conditions(base: base, count: buffer.count).rows(rows)
          guard let features else {
            return body(input.rows(rows), conditions, nil, target.rows(rows))
          }
          features.withHandle { body(input.rows(rows), conditions, $0, target.rows(rows)) }
        }
      }
    }
  }

  /// Takes `steps` steps in a workspace. `streams` selects whether shared data is streamed past the
  /// caches; nil lets the workspace measure which is faster.
  func train(
    steps: Int = 3, threads: Int = 1, streams: Bool? = false, maximumNorm: Double? = nil,
    capacity: Int? = nil, emaDecay: Double? = nil, engine: Engine
  ) -> Outcome {
    var network = network
    var average = emaDecay.map { ExponentialMovingAverage(network.parameters, decay: $0) }
    let workspace = Workspace(
      network, capacity: capacity ?? input.rows, engine: engine,
      pool: ThreadPool(threads: threads))
    workspace.streamingOverride = streams
    let error = LossPass(capacity: input.rows)
    var optimizer = Adam(network.parameters, learningRate: 0.01)
    var losses: [Double] = []
    var norms: [Double] = []
    // The bits of OpenBLAS' products depend on its number of threads, which other tests change
    // concurrently.
    OpenBLAS.withOneThread {
      for _ in 0..<steps {
        withBatch { input, conditions, features, target in
          losses.append(
            error.loss(target) {
              workspace.forwardAndBackward(
                network, input, conditions: conditions, features: features, loss: error)
            })
        }
        norms.append(
          workspace.update(
            &network.parameters, by: &optimizer, maximumNorm: maximumNorm, average: &average))
      }
    }
    return Outcome(
      losses: losses, norms: norms, gradients: workspace.gradients,
      parameters: network.parameters, firstMoments: optimizer.firstMoments,
      secondMoments: optimizer.secondMoments, average: average)
  }

  /// Does the same with separate passes on matrices and a separate optimizer.
  func trainPlainly(steps: Int = 3, maximumNorm: Double? = nil, engine: Engine) -> Outcome {
    var network = network
    let workspace = Workspace(network, capacity: input.rows, engine: engine)
    var optimizer = Adam(network.parameters, learningRate: 0.01)
    var outcome = Outcome(
      gradients: network.parameters, parameters: network.parameters,
      firstMoments: network.parameters, secondMoments: network.parameters)
    OpenBLAS.withOneThread {
      for _ in 0..<steps {
        let output = workspace.forward(
          network, input, conditions: conditions, features: features)
        let (loss, outputGradients) = SquaredError().mean(output, target: target)
        workspace.backward(
          network, input, conditions: conditions, features: features,
          outputGradients: outputGradients)
        let gradients = workspace.gradients
        let norm = gradients.norm(engine: engine)
        optimizer.update(
          &network.parameters, gradients: gradients,
          gradientScale: maximumNorm.map { Float(GradientClipping.scale(norm: norm, maximum: $0)) }
            ?? 1, engine: engine)
        outcome.losses.append(loss)
        outcome.norms.append(norm)
        outcome.gradients = gradients
      }
    }
    outcome.parameters = network.parameters
    outcome.firstMoments = optimizer.firstMoments
    outcome.secondMoments = optimizer.secondMoments
    return outcome
  }
}
