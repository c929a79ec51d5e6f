import Diffusion
import LinearAlgebra
import NeuralNetwork

/// Returns a small residual model with a nonzero last layer, so that its output is nonzero before
/// training.
func residualModel(
  width: Int = 16, process: NoiseProcess = .logNormal(LogNormalNoise()),
  prediction: Prediction = .preconditioned(), moments: DataMoments? = nil,
  octaves: Int = 0, contextWidth: Int = 0
) -> DiffusionModel {
  var model = DiffusionModel.residual(
    dimension: 2, contextWidth: contextWidth, width: width, blocks: 2, frequencies: 4,
    octaves: octaves, process: process,
    prediction: prediction, moments: moments, seed: 3)
  let names = model.network.parameters.names
  for (index, name) in names.enumerated() where name.hasPrefix("output") {
    let parameter = model.network.parameters[index]
    model.network.parameters[index] =
      0.5
      * RandomStream(seed: 9, stream: UInt64(index))
      .normal(rows: parameter.rows, columns: parameter.columns)
  }
  return model
}

/// Moments of data that are neither centered nor of unit deviation.
let slantedMoments = DataMoments(
  mean: [3, -1], variance: [4, 0.25], covariance: [4, 0.6, 0.6, 0.25])
