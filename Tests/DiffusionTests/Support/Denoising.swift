import Diffusion
import LinearAlgebra

/// What `denoiser` makes of `states`, with the divergences.
func evaluate(
  _ denoiser: some Denoiser, _ states: Matrix, at level: NoiseLevel, engine: Engine = .current
) -> (denoised: Matrix, divergences: [Double]) {
  var denoised = Matrix(rows: states.rows, columns: states.columns)
  var divergences = [Double](repeating: .nan, count: states.rows)
  let worker = denoiser.makeWorker(capacity: states.rows, engine: engine)
  denoised.withMutableHandle { denoised in
    states.withHandle { worker.denoise($0, at: level, into: denoised, divergences: &divergences) }
  }
  return (denoised, divergences)
}
