import LangevinKernelTable
import LinearAlgebra

/// A chain of layers with its memory, whose passes work on some rows or some parameters.
struct RunningChain {
  let layers: [any KernelLayer]
  private let firstParameters: [Int]
  private let parameterCounts: [Int]
  private let firstLearning: Int
  private let allBuffers: [LayerBuffers]
  /// The buffers of each layer, without copies while copies do not pay.
  private(set) var buffers: [LayerBuffers]
  private let packed: [[MatrixHandle<Float>]]
  private let engine: Engine

  init(_ chain: LayerChain, _ memory: ChainBuffers, engine: Engine) {
    layers = chain.layers
    firstParameters = chain.firstParameters
    parameterCounts = chain.layers.map(\.parameters.count)
    firstLearning = chain.firstLearning
    allBuffers = memory.layers
    buffers = memory.layers
    packed = memory.packed
    self.engine = engine
  }

  /// Sets whether the passes write copies for other threads.
  mutating func useCopies(_ uses: Bool) {
    for index in buffers.indices {
      buffers[index].outputCopies = uses ? allBuffers[index].outputCopies : nil
      buffers[index].gradientCopies = uses ? allBuffers[index].gradientCopies : nil
    }
  }

  /// The buffers of the last layer.
  var last: LayerBuffers { buffers[buffers.count - 1] }

  func pack(_ pass: Pass, _ part: Int) {
    for index in layers.indices {
      layers[index].pack(
        handles(pass.parameters, index, pass), into: packed[part][index], engine: engine)
    }
  }

  func forward(
    _ input: MatrixHandle<Float>, conditions: Conditions, rows: Range<Int>, _ pass: Pass,
    _ part: Int
  ) {
    if rows.isEmpty { return }
    for index in layers.indices {
      let input = index > 0 ? buffers[index - 1].outputs : input
      layers[index].forward(
        input.rows(rows), conditions: conditions.rowsIfAny(rows),
        parameters: handles(pass.parameters, index, pass), packed: packed[part][index],
        buffers: buffers[index].rows(rows), engine: engine)
    }
  }

  func backwardInput(
    _ input: MatrixHandle<Float>, inputGradients: MatrixHandle<Float>?, conditions: Conditions,
    rows: Range<Int>, _ pass: Pass
  ) {
    if rows.isEmpty { return }
    var index = layers.count - 1
    epilogue(index, conditions, rows, pass)
      .apply(to: buffers[index].gradients.rows(rows), engine: engine)
    let first = inputGradients == nil ? firstLearning : 0
    while index > first {
      layers[index].backwardInput(
        buffers[index - 1].outputs.rows(rows), conditions: conditions.rowsIfAny(rows),
        parameters: handles(pass.parameters, index, pass), buffers: buffers[index].rows(rows),
        inputGradients: buffers[index - 1].gradients.rows(rows),
        epilogue: epilogue(index - 1, conditions, rows, pass), engine: engine)
      index -= 1
    }
    guard let inputGradients else { return }
    layers[0].backwardInput(
      input.rows(rows), conditions: conditions.rowsIfAny(rows),
      parameters: handles(pass.parameters, 0, pass), buffers: buffers[0].rows(rows),
      inputGradients: inputGradients.rows(rows), epilogue: BackwardEpilogue(), engine: engine)
  }

  func backwardParameters(
    _ input: MatrixHandle<Float>, conditions: GroupedConditions, rows: Range<Int>, _ part: Part,
    _ gradients: MatrixHandle<Float>, prefetches: Bool, _ pass: Pass
  ) {
    for index in layers.indices {
      let input = index > 0 ? buffers[index - 1].sharedOutputs : input
      if prefetches {
        engine.prefetch(input.rows(rows))
        engine.prefetch(buffers[index].sharedGradients.rows(rows))
      }
      layers[index].backwardParameters(
        input.rows(rows), conditions: conditions,
        parameters: handles(pass.parameters, index, pass), buffers: buffers[index].rows(rows),
        part: part, adds: pass.firstRow > 0, gradients: handles(gradients, index, pass),
        engine: engine)
    }
  }

  private func epilogue(
    _ index: Int, _ conditions: Conditions, _ rows: Range<Int>, _ pass: Pass
  ) -> BackwardEpilogue {
    layers[index].backwardEpilogue(
      conditions: conditions.rowsIfAny(rows), parameters: handles(pass.parameters, index, pass),
      buffers: buffers[index].rows(rows))
  }

  private func handles(_ flat: MatrixHandle<Float>, _ index: Int, _ pass: Pass) -> ParameterHandles
  {
    ParameterHandles(
      flat: flat, layout: pass.layout, first: firstParameters[index],
      count: parameterCounts[index])
  }
}

extension Engine {
  /// Fetches a matrix that another core has written with streaming stores, past the caches.
  func prefetch(_ matrix: MatrixHandle<Float>) {
    unsafe kernels.prefetch(matrix.rows, matrix.columns, matrix.start, matrix.stride)
  }
}
