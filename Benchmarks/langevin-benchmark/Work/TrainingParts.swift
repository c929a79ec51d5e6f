import Diffusion
import LinearAlgebra
import NeuralNetwork

/// Training whose steps report their parts to a stopwatch.
final class TrainingParts {
  private let training: Training
  /// The parts of a step in order, with their operations.
  let parts: [Contender.Part]
  private var watch: Stopwatch

  /// Creates a training of the preset original on `data`.
  init(
    data: Matrix<Float>, configuration: TrainingConfiguration, engine: Engine
  ) throws(BenchmarkError) {
    let model = DiffusionModel.original()
    do {
      training = try Training(model, data: data, configuration: configuration, engine: engine)
    } catch {
      throw .training(error.description)
    }
    // With OpenBLAS, the passes are one task for any number of threads.
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

  /// Takes `count` steps, timed by `watch`.
  func steps(_ count: Int, _ watch: inout Stopwatch) {
    self.watch = watch
    self.watch.start()
    for _ in 0..<count { training.step() }
    watch = self.watch
  }
}

extension StepPhase {
  /// Returns the name in the tables. With several threads, the three phases that work on rows are one part.
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
    // Parameter gradients take as many operations as the forward pass; input gradients take the rest.
    let inputs = network.backwardOperations(rows: rows) - forward
    return switch self {
    case .batch, .loss, .update: 0
    case .forward: isOneTask ? forward : 0
    case .inputGradients: isOneTask ? inputs : forward + inputs
    case .parameterGradients: forward
    }
  }
}
