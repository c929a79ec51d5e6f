import Diffusion
import LinearAlgebra

/// Returns the estimates of `denoiser` for `states`, with the divergences.
func evaluate(
  _ denoiser: some Denoiser, _ states: Matrix<Float>, at level: NoiseLevel,
  engine: Engine = .current
) -> (denoised: Matrix<Float>, divergences: [Double]) {
  var denoised = Matrix<Float>(rows: states.rows, columns: states.columns)
  var divergences = [Double](repeating: .nan, count: states.rows)
  let worker = denoiser.makeWorker(capacity: states.rows, engine: engine)
  worker.begin(rows: 0..<states.rows)
  var view = denoised.mutableView
  (worker as? any DivergenceWorker)?.denoise(
    states.view, at: level, into: &view, divergences: &divergences)
  return (denoised, divergences)
}

/// Returns the mean and covariance of a mixture of Gaussians; `covariances` are in row-major order.
func mixtureMoments(
  weights: [Double], means: [[Double]], covariances: [[Double]]
) -> DataMoments {
  let sum = weights.reduce(0, +)
  let dimension = means[0].count
  var mean = [Double](repeating: 0, count: dimension)
  for (weight, center) in zip(weights, means) {
    for i in 0..<dimension { mean[i] += weight / sum * center[i] }
  }
  var covariance = [Double](repeating: 0, count: dimension * dimension)
  for (k, weight) in weights.enumerated() {
    for i in 0..<dimension {
      for j in 0..<dimension {
        let between = (means[k][i] - mean[i]) * (means[k][j] - mean[j])
        covariance[i * dimension + j] +=
          weight / sum * (covariances[k][i * dimension + j] + between)
      }
    }
  }
  return DataMoments(
    mean: mean, variance: (0..<dimension).map { covariance[$0 * dimension + $0] },
    covariance: covariance)
}
