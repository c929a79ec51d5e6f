import Diffusion
import Foundation
import LinearAlgebra

/// Returns the exact denoiser of equally weighted isotropic Gaussians of standard deviation `s` at the rows
/// of `centers`.
func isotropicMixture(_ centers: Matrix<Float>, s: Double) -> ClosureDenoiser {
  ClosureDenoiser(dimension: centers.columns) { states, level in
    let a = level.alpha
    let variance = a * a * s * s + level.sigma * level.sigma
    var denoised = states
    for row in 0..<states.rows {
      let squares = (0..<centers.rows).map { k in
        (0..<states.columns).reduce(0.0) {
          $0 + pow(Double(states[row, $1]) - a * Double(centers[k, $1]), 2)
        }
      }
      let weights = squares.map { exp(-0.5 * ($0 - (squares.min() ?? 0)) / variance) }
      let total = weights.reduce(0, +)
      for j in 0..<states.columns {
        let terms = weights.enumerated().map { k, weight in weight / total * Double(centers[k, j]) }
        let center = terms.reduce(0, +)
        denoised[row, j] = Float(
          center + a * s * s / variance * (Double(states[row, j]) - a * center))
      }
    }
    return denoised
  }
}
