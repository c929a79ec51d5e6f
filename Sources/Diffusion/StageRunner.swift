import LinearAlgebra

/// The memory to apply stages of the reverse process to states.
struct StageRunner {
  private let worker: any DenoisingWorker
  private let box: DataBox?
  private var denoised: Matrix<Float>
  private var denoisedBefore: Matrix<Float>
  private var before: Matrix<Float>
  private let keepsStates: Bool
  private let keepsEstimates: Bool

  init(_ sampler: Sampler, capacity: Int, engine: Engine) {
    worker = sampler.denoiser.makeWorker(capacity: capacity, engine: engine)
    box = sampler.box
    denoised = Matrix<Float>(rows: capacity, columns: sampler.denoiser.dimension)
    denoisedBefore = denoised
    before = denoised
    keepsStates = sampler.keepsStates
    keepsEstimates = sampler.keepsEstimates
  }

  /// Prepares for the states of the rows `rows`.
  func begin(rows: Range<Int>) { worker.begin(rows: rows) }

  /// Replaces `state` with the state after `stage`.
  mutating func apply(
    _ stage: ReverseStage, to state: MatrixHandle<Float>, noise: MatrixHandle<Float>?
  ) {
    if let level = stage.level {
      if keepsEstimates {
        denoisedBefore.withMutableHandle { before in denoised.withHandle { before.copy($0) } }
      }
      denoised.withMutableHandle { denoised in
        let denoised = denoised.rows(0..<state.rows)
        worker.denoise(state, at: level, into: denoised)
        box?.clip(denoised)
      }
    }
    let keepsStates = keepsStates
    denoised.withHandle { denoised in
      denoisedBefore.withHandle { denoisedBefore in
        before.withMutableHandle { before in
          combine(
            stage, state, denoised: denoised, before: before, denoisedBefore: denoisedBefore,
            noise: noise, keepsStates: keepsStates)
        }
      }
    }
  }
}

private func combine(
  _ stage: ReverseStage, _ state: MatrixHandle<Float>, denoised: MatrixHandle<Float>,
  before: MatrixHandle<Float>,
  denoisedBefore: MatrixHandle<Float>, noise: MatrixHandle<Float>?, keepsStates: Bool
) {
  let factors = (
    state: Float(stage.state), denoised: Float(stage.denoised), before: Float(stage.before),
    denoisedBefore: Float(stage.denoisedBefore), noise: Float(stage.noise)
  )
  for row in 0..<state.rows {
    let x = unsafe state.base + row * state.stride
    let estimate = unsafe denoised.base + row * denoised.stride
    let last = unsafe before.base + row * before.stride
    let lastEstimate = unsafe denoisedBefore.base + row * denoisedBefore.stride
    for column in 0..<state.columns {
      let old = unsafe x[column]
      var value = factors.state * old
      if stage.level != nil { unsafe value += factors.denoised * estimate[column] }
      if stage.before != 0 { unsafe value += factors.before * last[column] }
      if stage.denoisedBefore != 0 {
        unsafe value += factors.denoisedBefore * lastEstimate[column]
      }
      if let noise {
        unsafe value += factors.noise * noise.base[row * noise.stride + column]
      }
      if keepsStates { unsafe last[column] = old }
      unsafe x[column] = value
    }
  }
}
