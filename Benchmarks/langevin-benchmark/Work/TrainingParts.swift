import Diffusion
import LinearAlgebra
import NeuralNetwork
import Threading

/// A step of `Training` taken apart, so that each part can be timed: the same calls in the same order,
/// and so the same losses.
final class TrainingParts {
  /// A part of a step.
  enum Part: Int, CaseIterable {
    case batch, states, forward, loss, backward, update

    /// What the tables call it.
    var name: String {
      switch self {
      case .batch: "batch: order, rows, noise, timesteps"
      case .states: "noisy states"
      case .forward: "forward"
      case .loss: "loss and its gradient"
      case .backward: "backward"
      case .update: "norm, clipping, Adam"
      }
    }
  }

  private var model: DiffusionModel
  private let data: Matrix
  private let configuration: TrainingConfiguration
  private let workspace: Workspace
  private var optimizer: Adam
  private var order: [Int]
  private var batch: Matrix
  private var noise: Matrix
  private var timesteps: [Int32]

  /// Training of `model` on `data`, of which a batch must be a whole part.
  init(
    _ model: DiffusionModel, data: Matrix, configuration: TrainingConfiguration, engine: Engine
  ) {
    let rows = configuration.batchSize
    precondition(
      data.rows % rows == 0, "TrainingParts: batches of \(rows) do not fill \(data.rows) rows")
    self.model = model
    self.data = data
    self.configuration = configuration
    workspace = Workspace(
      model.network, capacity: rows, engine: engine,
      pool: ThreadPool(threads: configuration.threads))
    optimizer = Adam(
      model.network.parameters.layout, learningRate: configuration.learningRate)
    order = []
    batch = Matrix(rows: rows, columns: data.columns)
    noise = batch
    timesteps = Array(repeating: 0, count: rows)
  }

  /// The parts with their operations, in the order in which ``step(_:)`` tells of them.
  var parts: [Contender.Part] {
    Part.allCases.map { part in
      let operations =
        switch part {
        case .forward: model.network.forwardOperations(rows: batch.rows)
        case .backward: model.network.backwardOperations(rows: batch.rows)
        default: 0.0
        }
      return Contender.Part(name: part.name, operations: operations)
    }
  }

  /// Takes the next step, and returns its loss.
  @discardableResult
  func step(_ watch: inout Stopwatch) -> Double {
    watch.start()
    prepareBatch()
    watch.lap(Part.batch.rawValue)
    let states = ForwardProcess(model.schedule).diffuse(batch, timesteps: timesteps, noise: noise)
    watch.lap(Part.states.rawValue)
    let loss = OpenBLAS.withOneThread { passes(states, &watch) }
    let norm = workspace.gradients.norm(engine: workspace.engine)
    let scale = configuration.maximumGradientNorm.map {
      GradientClipping.scale(norm: norm, maximum: $0)
    }
    optimizer.update(
      &model.network.parameters, gradients: workspace.gradients,
      gradientScale: Float(scale ?? 1), engine: workspace.engine)
    watch.lap(Part.update.rawValue)
    return loss
  }

  private func prepareBatch() {
    let step = optimizer.steps
    let stepsPerEpoch = data.rows / batch.rows
    if step % stepsPerEpoch == 0 {
      order = Array(0..<data.rows)
      RandomPurpose.permutation.stream(seed: configuration.seed, index: step / stepsPerEpoch)
        .shuffle(&order)
    }
    let first = step % stepsPerEpoch * batch.rows
    batch.gatherRows(of: data, at: order.span.extracting(first..<first + batch.rows))
    RandomPurpose.trainingNoise.stream(seed: configuration.seed, index: step)
      .fillNormal(&noise, engine: workspace.engine)
    RandomPurpose.timesteps.stream(seed: configuration.seed, index: step)
      .fillIntegers(below: model.schedule.steps, &timesteps)
  }

  private func passes(_ states: Matrix, _ watch: inout Stopwatch) -> Double {
    states.withHandle { states in
      noise.withHandle { noise in
        unsafe timesteps.withUnsafeBufferPointer { buffer in
          guard let base = buffer.baseAddress else { return 0 }
          let conditions = unsafe Conditions(base: base, count: buffer.count)
          let estimate = workspace.forward(model.network, states, conditions: conditions)
          watch.lap(Part.forward.rawValue)
          let loss = MeanSquaredError.evaluate(
            estimate, target: noise, gradients: workspace.outputGradients(rows: states.rows))
          watch.lap(Part.loss.rawValue)
          workspace.backward(model.network, states, conditions: conditions)
          watch.lap(Part.backward.rawValue)
          return loss
        }
      }
    }
  }
}
