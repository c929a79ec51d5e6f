import Diffusion
import Foundation
import LinearAlgebra
import NeuralNetwork
import SafeTensors

/// A short training run and some samples of the original program, as PyTorch computes them in `Double`,
/// with the error of PyTorch's own `Float` run in each.
struct ParityFixture {
  private struct FloatError: Decodable {
    var maxAbs: Double
    var scale: Double

    enum CodingKeys: String, CodingKey {
      case maxAbs = "max_abs"
      case scale
    }
  }

  static let steps = 10
  static let batch = 128
  static let samples = 64

  private let file: SafeTensorsFile
  private let floatErrors: [String: FloatError]

  init() throws {
    guard
      let url = Bundle.module.url(
        forResource: "seed-parity", withExtension: "safetensors", subdirectory: "Fixtures")
    else { throw CocoaError(.fileNoSuchFile) }
    file = try SafeTensorsFile(path: url.path)
    let text = file.metadata["torch_float32_error"] ?? ""
    floatErrors = try JSONDecoder().decode([String: FloatError].self, from: Data(text.utf8))
  }

  /// The model of the original program with the parameters of the fixture.
  func model() throws -> DiffusionModel {
    var model = DiffusionModel.original()
    for (index, declaration) in model.network.parameters.layout.declarations.enumerated() {
      model.network.parameters[index] = Matrix<Float>(
        rows: declaration.rows, columns: declaration.columns,
        elements: try file.floats("param.\(declaration.name)", shape: declaration.shape))
    }
    return model
  }

  /// Data, timesteps and noise of training step `step`.
  func batch(_ step: Int) throws -> (data: Matrix<Float>, timesteps: [Int32], noise: Matrix<Float>)
  {
    let rows = step * Self.batch..<(step + 1) * Self.batch
    let timesteps = try file.integers("input.t", shape: [Self.steps, Self.batch])
    return (
      try stacked("input.x0").rows(rows), timesteps[rows].map(Int32.init),
      try stacked("input.noise").rows(rows)
    )
  }

  /// x_T of the samples.
  func start() throws -> Matrix<Float> { try stacked("sample.x_T") }

  /// The sampler's noise at timestep t.
  func samplingNoise(_ t: Int) throws -> Matrix<Float> {
    try stacked("sample.z").rows(t * Self.samples..<(t + 1) * Self.samples)
  }

  /// The timesteps that the sampler of `expect.name` visits.
  func timesteps(_ name: String) throws -> [Int] { try file.integers("expect.\(name)") }

  /// Returns a tensor of pairs as a matrix of two columns.
  private func stacked(_ name: String) throws -> Matrix<Float> {
    let floats = try file.floats(name)
    return Matrix<Float>(rows: floats.count / 2, columns: 2, elements: floats)
  }

  /// Returns the largest error of `values` against PyTorch's tensor `name`, as a multiple of the allowed
  /// error: twice the error of PyTorch in `Float`, or 10⁻⁶ of the largest value if that is more.
  /// `slack`, in the unit of each element, may allow more.
  func error(of values: [Double], _ name: String, slack: [Double]? = nil) throws -> Double {
    let expected = try file.floats("expect.\(name)")
    // A NaN or a missing value must fail every comparison.
    guard let allowed = allowed(name), values.count == expected.count else { return .nan }
    var largest = 0.0
    for i in expected.indices {
      let error = abs(values[i] - Double(expected[i])) / max(allowed, slack?[i] ?? 0)
      if error.isNaN { return .nan }
      largest = max(largest, error)
    }
    return largest
  }

  private func allowed(_ name: String) -> Double? {
    floatErrors[name].map { max(2 * $0.maxAbs, 1e-6 * $0.scale) }
  }

  /// Does the same as ``error(of:_:slack:)`` for the elements of a matrix.
  func error(of matrix: Matrix<Float>, _ name: String, slack: [Double]? = nil) throws -> Double {
    let elements = matrix.elements
    return try error(of: elements.indices.map { Double(elements[$0]) }, name, slack: slack)
  }

  /// Returns how much the allowed error of the gradient of parameter `name` may change Adam's first
  /// step: the slope of the step g / (|g| + ε) is steepest where |g| is as small as ε. A gradient of
  /// exactly 0 comes from an empty sum and gets no slack.
  func slackOfAdam(_ name: String, rate: Double = 1e-3, epsilon: Double = 1e-8) throws -> [Double] {
    let gradient = "step0.grad.\(name)"
    guard let allowed = allowed(gradient) else { throw CocoaError(.coderValueNotFound) }
    return try file.floats("expect.\(gradient)").map { value in
      if value == 0 { return 0 }
      let size = Double(abs(value)) + epsilon
      return rate * epsilon / (size * size) * allowed
    }
  }
}
