import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

@testable import Diffusion

/// The loss of a preconditioned residual model and its gradients, compared with the formulas of Karras
/// et al. in `Double`: L = mean of λ(σ) (D(x₀ + σ ε; σ) - x₀)², with levels shared by rows.
@Suite struct LossGradientTests {
  private static let rows = 6
  private static let rowsPerLevel = 2
  private static let noise = LogNormalNoise(mean: -0.4, deviation: 1)
  private static let model = residualModel(width: 5, process: .logNormal(noise))
  private static let levels = RandomStream(seed: 11, stream: 4)
  private static let data = RandomStream(seed: 12).normal(rows: rows, columns: 2)
  private static let z = RandomStream(seed: 13).normal(rows: rows, columns: 2)

  /// Parameters by name, each in row-major order.
  private typealias Numbers = [String: [Double]]

  private static var parameters: Numbers {
    let parameters = model.network.parameters
    return Dictionary(
      uniqueKeysWithValues: parameters.names.indices.map {
        (parameters.names[$0], doubles(parameters[$0]))
      })
  }

  private func silu(_ x: Double) -> Double { x / (1 + exp(-x)) }

  private func linear(_ name: String, _ x: [Double], _ numbers: Numbers) -> [Double] {
    let (weight, bias) = (numbers[name + ".weight"] ?? [], numbers[name + ".bias"] ?? [])
    return bias.indices.map { row in
      x.indices.reduce(bias[row]) { $0 + weight[row * x.count + $1] * x[$1] }
    }
  }

  private func network(_ x: [Double], features: [Double], _ numbers: Numbers) -> [Double] {
    let shifts = linear("shift", linear("time", features, numbers).map(silu), numbers)
    var h = linear("input", x, numbers)
    for block in 0..<2 {
      let s = linear("blocks.\(block)", h.map(silu), numbers)
      for i in h.indices { h[i] += silu(s[i] + shifts[block * h.count + i]) }
    }
    return linear("output", h.map(silu), numbers)
  }

  /// The σ of a group of rows; each group draws from one of G equal shares of all levels.
  private func sigma(_ group: Int) -> Double {
    let groups = Self.rows / Self.rowsPerLevel
    let draw = Double(Self.levels.integer(below: 1 << 31, at: UInt64(group)))
    let share = (Double(group) + (draw + 0.5) / 0x1p31) / Double(groups)
    return Self.noise.level(at: share).sigma
  }

  private func loss(_ numbers: Numbers, uniformOverData: Bool) -> Double {
    var sum = 0.0
    for row in 0..<Self.rows {
      let sigma = sigma(row / Self.rowsPerLevel)
      let frequencies = FourierFeatures(count: 4).frequencies
      let angles = frequencies.map { 2 * .pi * $0 * log(sigma) / 4 }
      let features = angles.map(sin) + angles.map(cos)
      let data = [0, 1].map { Double(Self.data[row, $0]) }
      let x = [0, 1].map { data[$0] + sigma * Double(Self.z[row, $0]) }
      let root = (1 + sigma * sigma).squareRoot()
      let outputs = network(x.map { $0 / root }, features: features, numbers)
      // λ, or min(SNR, γ) for the error of the data.
      let weight =
        uniformOverData ? min(1 / (sigma * sigma), 5) : (1 + sigma * sigma) / (sigma * sigma)
      for i in 0..<2 {
        let denoised = x[i] / (1 + sigma * sigma) + sigma / root * outputs[i]
        sum += weight * (denoised - data[i]) * (denoised - data[i])
      }
    }
    return sum / Double(2 * Self.rows)
  }

  @Test(arguments: everyEngine, [false, true])
  func matchTheFormulas(_ engine: Engine, minimumSNR: Bool) throws {
    let model = Self.model
    let batch = NoisyBatch(
      model, weighting: minimumSNR ? .minimumSNR() : .uniform, rowsPerLevel: Self.rowsPerLevel,
      capacity: Self.rows)
    batch.drawLevels(rows: Self.rows, from: Self.levels, engine: engine)
    batch.form(Self.data, noise: Self.z)
    let workspace = Workspace(model.network, capacity: Self.rows, engine: engine)
    let found = DenoisingLoss(SquaredError(), capacity: Self.rows)
      .evaluate(model.network, batch, workspace: workspace)
    var numbers = Self.parameters
    let expected = loss(numbers, uniformOverData: minimumSNR)
    #expect(abs(found / expected - 1) < 1e-5)
    for (index, name) in model.network.parameters.names.enumerated() {
      let gradients = doubles(workspace.gradients[index])
      var expected: [Double] = []
      for i in gradients.indices {
        let value = try #require(numbers[name]?[i])
        numbers[name]?[i] = value + 1e-5
        let above = loss(numbers, uniformOverData: minimumSNR)
        numbers[name]?[i] = value - 1e-5
        let below = loss(numbers, uniformOverData: minimumSNR)
        numbers[name]?[i] = value
        expected.append((above - below) / 2e-5)
      }
      let scale = expected.reduce(0) { max($0, abs($1)) }
      #expect(scale > 1e-4, "\(name)")
      for (a, b) in zip(gradients, expected) {
        #expect(abs(a - b) < 2e-5 * scale + 1e-7, "\(name)")
      }
    }
  }
}
