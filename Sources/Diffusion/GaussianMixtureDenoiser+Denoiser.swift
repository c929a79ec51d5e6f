import LangevinPreconditions
public import LinearAlgebra

extension GaussianMixtureDenoiser: Denoiser {
  public func makeWorker(capacity: Int, engine: Engine) -> any DenoisingWorker {
    MixtureWorker(self)
  }
}

/// A worker that denoises one state after the other.
private final class MixtureWorker: DivergenceWorker {
  private var analysis: MixtureAnalysis
  private var state: [Double]

  init(_ mixture: GaussianMixtureDenoiser) {
    analysis = MixtureAnalysis(mixture)
    state = Array(repeating: 0, count: mixture.dimension)
  }

  func denoise(
    _ states: MatrixView<Float>, at level: NoiseLevel, into denoised: inout MutableMatrixView<Float>
  ) {
    let (states, denoised) = (states.handle, denoised.handle)
    for row in 0..<states.rows { denoise(states, row, at: level, into: denoised) }
  }

  func denoise(
    _ states: MatrixView<Float>, at level: NoiseLevel,
    into denoised: inout MutableMatrixView<Float>,
    divergences: inout [Double]
  ) {
    let (states, denoised) = (states.handle, denoised.handle)
    checkDivergences(divergences, states)
    for row in 0..<states.rows {
      denoise(states, row, at: level, into: denoised)
      divergences[row] = analysis.divergence
    }
  }

  private func denoise(
    _ states: MatrixHandle<Float>, _ row: Int, at level: NoiseLevel,
    into denoised: MatrixHandle<Float>
  ) {
    checkShapes(states, denoised, dimension: state.count)
    for j in state.indices { state[j] = unsafe Double(states.base[row * states.stride + j]) }
    analysis.analyze(state, at: level)
    for j in state.indices {
      unsafe denoised.base[row * denoised.stride + j] = Float(analysis.denoised[j])
    }
  }
}

/// Stops the program unless `states` and `denoised` have `dimension` columns and the same number of rows.
func checkShapes(_ states: MatrixHandle<Float>, _ denoised: MatrixHandle<Float>, dimension: Int) {
  require(
    states.columns == dimension && denoised.columns == dimension && denoised.rows == states.rows,
    """
    denoise: states of \(states.rows) × \(states.columns) into \(denoised.rows) × \
    \(denoised.columns), for a denoiser of \(dimension) columns
    """)
}

/// Stops the program if `divergences` has fewer elements than there are states.
func checkDivergences(_ divergences: [Double], _ states: MatrixHandle<Float>) {
  require(
    divergences.count >= states.rows,
    "denoise: divergences has \(divergences.count) elements for \(states.rows) states")
}
