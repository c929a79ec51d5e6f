import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra
import NeuralNetwork

extension DiffusionModel: Denoiser {
  public func makeWorker(capacity: Int, engine: Engine) -> any DenoisingWorker {
    makeModelWorker(capacity: capacity, engine: engine)
  }

  /// Returns a worker that denoises row i of all states under row i of `contexts`, repeated in order; nil
  /// means no context.
  func makeModelWorker(
    contexts: Matrix<Float>? = nil, capacity: Int, engine: Engine
  ) -> any DivergenceWorker {
    ModelWorker(self, contexts: contexts, capacity: capacity, engine: engine)
  }

  /// Returns the model's estimate for `states`, which are all at `level`, expressed as `kind`.
  ///
  /// `kind` need not be the prediction type with which the network was trained.
  public func estimate(
    _ kind: Prediction, _ states: Matrix<Float>, at level: NoiseLevel, engine: Engine = .current
  ) -> Matrix<Float> {
    // x₀ = a x + b F, so F = (x₀ - a x)/b for every prediction type.
    let factors = kind.preconditioning(at: level)
    var result = denoise(states, at: level, engine: engine)
    result.add(states, scaledBy: Float(-factors.skip))
    return Float(1 / factors.output) * result
  }
}

/// The memory of a model on one thread.
private final class ModelWorker: DivergenceWorker {
  private let model: DiffusionModel
  /// The contexts of the rows, repeated in order; nil without contexts.
  private let contexts: Matrix<Float>?
  private let capacity: Int
  private let engine: Engine
  private let workspace: Workspace
  /// The scaled states, each followed by its context, which is zero without contexts.
  private var inputs: Matrix<Float>
  private var conditions: [Int32]
  private var features: Matrix<Float>?
  private var hasRun = false
  /// A workspace with a backward pass, for divergences.
  private var training: Workspace?

  init(_ model: DiffusionModel, contexts: Matrix<Float>?, capacity: Int, engine: Engine) {
    self.model = model
    self.contexts = contexts
    self.capacity = capacity
    self.engine = engine
    workspace = Workspace(
      model.network, capacity: capacity, purpose: .inference, engine: engine,
      pool: ThreadPool(threads: 1))
    inputs = Matrix<Float>(rows: capacity, columns: model.network.inputWidth)
    for (index, count) in model.categories.enumerated() {
      // Without contexts, all categories are unknown.
      for row in 0..<capacity { inputs[row, model.firstContextInput + index] = Float(count) }
    }
    conditions = Array(repeating: 0, count: capacity)
    features = model.features.map { Matrix<Float>(rows: 1, columns: $0.width) }
  }

  func begin(rows: Range<Int>) {
    guard let contexts, contexts.rows > 0 else { return }
    for row in 0..<min(rows.count, capacity) {
      let context = contexts.row((rows.lowerBound + row) % contexts.rows)
      for column in context.indices {
        inputs[row, model.firstContextInput + column] = model.contextScale * context[column]
      }
    }
  }

  func denoise(
    _ states: MatrixView<Float>, at level: NoiseLevel, into denoised: inout MutableMatrixView<Float>
  ) {
    let (states, denoised) = (states.handle, denoised.handle)
    checkShapes(states, denoised, dimension: model.dimension)
    if states.rows == 0 { return }
    let factors = model.prediction.preconditioning(at: level)
    prepare(states, level, factors)
    let (model, workspace, hasRun) = (model, workspace, hasRun)
    let rows = 0..<states.rows
    inputs.withHandle { inputs in
      withLevel(rows.count) { conditions, features in
        let outputs = workspace.forward(
          model.network, inputs.rows(rows), conditions: conditions, features: features,
          parametersUnchanged: hasRun)
        mix(factors, states, outputs, into: denoised)
      }
    }
    self.hasRun = true
  }

  func denoise(
    _ states: MatrixView<Float>, at level: NoiseLevel,
    into denoised: inout MutableMatrixView<Float>,
    divergences: inout [Double]
  ) {
    let (states, denoised) = (states.handle, denoised.handle)
    checkShapes(states, denoised, dimension: model.dimension)
    checkDivergences(divergences, states)
    if states.rows == 0 { return }
    let factors = model.prediction.preconditioning(at: level)
    prepare(states, level, factors)
    let workspace =
      training ?? Workspace(model.network, capacity: capacity, engine: engine)
    training = workspace
    let model = model
    let rows = 0..<states.rows
    var jacobian = [Double](repeating: 0, count: rows.count)
    var inputGradients = Matrix<Float>(rows: rows.count, columns: model.network.inputWidth)
    inputs.withHandle { inputs in
      withLevel(rows.count) { conditions, features in
        let inputs = inputs.rows(rows)
        for column in 0..<model.dimension {
          // The backward pass overwrites what the forward pass has left in the workspace.
          let outputs = workspace.forward(
            model.network, inputs, conditions: conditions, features: features)
          if column == 0 { mix(factors, states, outputs, into: denoised) }
          let gradients = workspace.outputGradients(rows: rows.count)
          gradients.fill(0)
          for row in rows { unsafe gradients.base[row * gradients.stride + column] = 1 }
          inputGradients.withMutableHandle { handle in
            workspace.backward(
              model.network, inputs, conditions: conditions, features: features,
              inputGradients: handle)
          }
          for row in rows { jacobian[row] += Double(inputGradients[row, column]) }
        }
      }
    }
    for row in rows {
      divergences[row] =
        factors.skip * Double(model.dimension) + factors.output * factors.input * jacobian[row]
    }
  }

  /// Writes the scaled states and the level to the network's inputs.
  private func prepare(
    _ states: MatrixHandle<Float>, _ level: NoiseLevel, _ factors: Preconditioning
  ) {
    require(
      states.rows <= capacity,
      "denoise: \(states.rows) states exceed the worker's capacity of \(capacity)")
    let factor = Float(factors.input)
    inputs.withMutableHandle { inputs in
      for row in 0..<states.rows {
        for column in 0..<states.columns {
          unsafe inputs.base[row * inputs.stride + column] =
            factor * states.base[row * states.stride + column]
        }
      }
    }
    if let fourier = model.features {
      features?.withMutableHandle { fourier.write(level, to: $0, row: 0) }
      return
    }
    guard let schedule = model.process.schedule else { return }
    let timestep = Int32(schedule.nearestTimestep(to: level))
    if conditions.isEmpty || conditions[0] == timestep { return }
    for i in conditions.indices { conditions[i] = timestep }
  }

  private func withLevel(_ count: Int, _ body: (Conditions, MatrixHandle<Float>?) -> Void) {
    unsafe conditions.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let conditions = unsafe Conditions(base: base, count: count)
      guard let features else { return body(conditions, nil) }
      features.withHandle { body(conditions, $0) }
    }
  }
}

/// Writes D = a x + b F to `denoised`.
private func mix(
  _ factors: Preconditioning, _ states: MatrixHandle<Float>, _ outputs: MatrixHandle<Float>,
  into denoised: MatrixHandle<Float>
) {
  let (state, output) = (Float(factors.skip), Float(factors.output))
  for row in 0..<states.rows {
    for column in 0..<states.columns {
      unsafe denoised.base[row * denoised.stride + column] =
        state * states.base[row * states.stride + column]
        + output * outputs.base[row * outputs.stride + column]
    }
  }
}
