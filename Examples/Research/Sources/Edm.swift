import Diffusion
import Foundation
import LinearAlgebra
import NeuralNetwork

/// Noise levels (1, σ) whose ln σ is uniform from σ = 0.01 to 20.
struct LogUniform: ContinuousProcess {
  func level(at u: Double) -> NoiseLevel { NoiseLevel(sigma: 0.01 * pow(2000, u)) }
  func levels(count: Int) -> [NoiseLevel] { KarrasSigmas().levels(count: count) }
}

/// Straight paths x = (1 - t) x₀ + t ε with uniform t.
struct RectifiedFlow: ContinuousProcess {
  func level(at t: Double) -> NoiseLevel { NoiseLevel(alpha: 1 - t, sigma: t) }
}

/// √(e² + c²) - c of each element, less sensitive to outliers than e².
struct PseudoHuber: Loss {
  let c: Float = 0.1
  func evaluate(
    prediction: Span<Float>, target: Span<Float>, gradient: inout MutableSpan<Float>
  ) -> Double {
    var sum = 0.0
    for j in prediction.indices {
      let error = prediction[j] - target[j]
      let root = (error * error + c * c).squareRoot()
      gradient[j] = error / root
      sum += Double(root - c)
    }
    return sum
  }
}

/// Returns a custom network that sees the noise level through an embedding, a part of which shifts each
/// hidden layer.
func levelNetwork(features: FourierFeatures, width: Int = 64, blocks: Int = 3) -> Network {
  let layers: [any Layer] = (0..<blocks).flatMap { block -> [any Layer] in
    [
      Linear("hidden.\(block)", inputs: block == 0 ? 2 : width, outputs: width),
      EmbeddingShift(columns: block * width..<(block + 1) * width), Activation.silu,
    ]
  }
  return Network(
    layers + [Linear("output", inputs: width, outputs: 2)], inputWidth: 2,
    embedding: [
      Linear("level", inputs: features.width, outputs: width, activation: .silu),
      Linear("shift", inputs: width, outputs: blocks * width),
    ], featureWidth: features.width)
}
