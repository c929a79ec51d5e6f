import Diffusion
import LinearAlgebra
import NeuralNetwork

/// Training whose steps tell a stopwatch of their parts.
final class TrainingParts {
  private let training: Training
  /// The parts with their operations, in their order.
  let parts: [Contender.Part]
  private var watch: Stopwatch

  /// Training of the seed's model on `data`.
  init(
    data: Matrix, configuration: TrainingConfiguration, engine: Engine
  ) throws(BenchmarkError) {
    let model = DiffusionModel.original()
    do {
      training = try Training(model, data: data, configuration: configuration, engine: engine)
    } catch {
      throw .training(error.description)
    }
    // OpenBLAS' passes are one task whatever the number of threads.
    let isOneTask = configuration.threads == 1 || engine.products == .openBLAS
    let rows = configuration.batchSize
    let phases = StepPhase.allCases.filter { isOneTask || ($0 != .forward && $0 != .loss) }
    parts = phases.map {
      Contender.Part(
        name: $0.name(isOneTask: isOneTask),
        operations: $0.operations(model.network, rows: rows, isOneTask: isOneTask))
    }
    watch = Stopwatch(parts: parts.count)
    training.observer = { [unowned self] phase in
      if let index = phases.firstIndex(of: phase) { watch.lap(index) }
    }
  }

  /// Takes `count` steps under the eyes of `watch`.
  func steps(_ count: Int, _ watch: inout Stopwatch) {
    self.watch = watch
    self.watch.start()
    for _ in 0..<count { training.step() }
    watch = self.watch
  }
}

extension StepPhase {
  /// What the tables call it. Several threads do the three parts that go by rows as one.
  fileprivate func name(isOneTask: Bool) -> String {
    switch self {
    case .batch: "batch: order, rows, noise, states"
    case .forward: "packing of weights, forward"
    case .loss: "loss and its gradient"
    case .inputGradients:
      isOneTask ? "gradients of inputs" : "packing, forward, loss, gradients of inputs"
    case .parameterGradients: "gradients of parameters, norm"
    case .update: "clipping, Adam"
    }
  }

  fileprivate func operations(_ network: Network, rows: Int, isOneTask: Bool) -> Double {
    let forward = network.forwardOperations(rows: rows)
    // Gradients of parameters take as much as the way there, those of inputs the rest.
    let inputs = network.backwardOperations(rows: rows) - forward
    return switch self {
    case .batch, .loss, .update: 0
    case .forward: isOneTask ? forward : 0
    case .inputGradients: isOneTask ? inputs : forward + inputs
    case .parameterGradients: forward
    }
  }
}
