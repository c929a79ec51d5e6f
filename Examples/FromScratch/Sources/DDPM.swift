// Denoising diffusion probabilistic models (Ho et al. 2020, arXiv 2006.11239) for points, in full:
// schedule, forward process, network with its backward pass, loss, Adam, sampling.
import Foundation
import LinearAlgebra

/// The variance schedule: βₜ, αₜ = 1 - βₜ and ᾱₜ = α₁ … αₜ, here counted from t = 0.
struct VarianceSchedule {
  var beta: [Double] = []
  var alpha: [Double] = []
  var alphaBar: [Double] = []

  /// Creates a schedule whose βₜ rise along a sigmoid from `start` to `end`.
  init(steps: Int = 100, start: Double = 1e-5, end: Double = 1e-2) {
    var product = 1.0
    for t in 0..<steps {
      let l = -6 + 12 * Double(t) / Double(steps - 1)
      beta.append((end - start) / (1 + exp(-l)) + start)
      alpha.append(1 - beta[t])
      product *= alpha[t]
      alphaBar.append(product)
    }
  }

  /// Returns xₜ of the forward process q(xₜ | x₀), √ᾱₜ x₀ + √(1 - ᾱₜ) ε, with a timestep for each row.
  func diffuse(_ x0: Matrix<Float>, at t: [Int], noise: Matrix<Float>) -> Matrix<Float> {
    Matrix<Float>(rows: x0.rows, columns: x0.columns) { r, c in
      let (signal, sigma) = (alphaBar[t[r]].squareRoot(), (1 - alphaBar[t[r]]).squareRoot())
      return Float(signal) * x0[r, c] + Float(sigma) * noise[r, c]
    }
  }

  /// Takes a step of the reverse process: xₜ₋₁ = (xₜ - βₜ/√(1 - ᾱₜ) ε_θ)/√αₜ + √βₜ z.
  func reverse(_ x: Matrix<Float>, at t: Int, predictedNoise: Matrix<Float>, z: Matrix<Float>)
    -> Matrix<Float>
  {
    let factor = Float(beta[t] / (1 - alphaBar[t]).squareRoot())
    return Float(1 / alpha[t].squareRoot()) * (x - factor * predictedNoise)
      + Float(beta[t].squareRoot()) * z
  }
}

/// A parameter, its gradient, and the moments of Adam.
struct Parameter {
  var value: Matrix<Float>
  var gradient: Matrix<Float>
  var firstMoment: Matrix<Float>
  var secondMoment: Matrix<Float>

  init(_ value: Matrix<Float>) {
    self.value = value
    gradient = Matrix<Float>(rows: value.rows, columns: value.columns)
    (firstMoment, secondMoment) = (gradient, gradient)
  }

  /// Creates a parameter whose initial elements are uniform on `range`.
  init(rows: Int, columns: Int, uniformOn range: ClosedRange<Float>, _ random: RandomStream) {
    self.init(
      random.uniform(rows: rows, columns: columns).map {
        range.lowerBound + (range.upperBound - range.lowerBound) * $0
      })
  }

  /// Takes step n of Adam (Kingma & Ba 2015) with the gradient times `scale`.
  mutating func update(step n: Int, learningRate: Double, scale: Double) {
    let (beta1, beta2, epsilon) = (0.9, 0.999, 1e-8)
    let stepSize = learningRate / (1 - pow(beta1, Double(n)))
    let correction = (1 - pow(beta2, Double(n))).squareRoot()
    for r in 0..<value.rows {
      for c in 0..<value.columns {
        let g = Double(gradient[r, c]) * scale
        let m = beta1 * Double(firstMoment[r, c]) + (1 - beta1) * g
        let v = beta2 * Double(secondMoment[r, c]) + (1 - beta2) * g * g
        (firstMoment[r, c], secondMoment[r, c]) = (Float(m), Float(v))
        value[r, c] -= Float(stepSize * m / (v.squareRoot() / correction + epsilon))
      }
    }
  }
}

/// a = x Wᵀ + b, s = E[t] ⊙ a, y = softplus(s); without an embedding E, y = a.
struct ConditionalLayer {
  var weight: Parameter
  var bias: Parameter
  var embedding: Parameter?
  private var (x, a, gain, s) = (
    Matrix<Float>([]), Matrix<Float>([]), Matrix<Float>([]), Matrix<Float>([])
  )
  private var t: [Int] = []

  init(inputs: Int, outputs: Int, timesteps: Int?, _ random: (Int) -> RandomStream) {
    let bound = 1 / Float(inputs).squareRoot()
    weight = Parameter(rows: outputs, columns: inputs, uniformOn: -bound...bound, random(0))
    bias = Parameter(rows: 1, columns: outputs, uniformOn: -bound...bound, random(1))
    embedding = timesteps.map {
      Parameter(rows: $0, columns: outputs, uniformOn: 0...1, random(2))
    }
  }

  mutating func forward(_ x: Matrix<Float>, at t: [Int]) -> Matrix<Float> {
    (self.x, self.t) = (x, t)
    a = Matrix.product(x, weight.value, transposeB: true)
    a += .eachRow(bias.value)
    guard let embedding else { return a }
    gain = embedding.value.rows(at: t)
    s = gain .* a
    return softplus(s)
  }

  /// Returns ∂L/∂x from ∂L/∂y, and stores the gradients of the parameters in `weight`, `bias` and
  /// `embedding`.
  mutating func backward(_ dy: Matrix<Float>) -> Matrix<Float> {
    var da = dy
    if var embedding {
      let ds = dy .* sigmoid(s)
      embedding.gradient = Matrix<Float>(
        rows: embedding.value.rows, columns: embedding.value.columns)
      for r in 0..<ds.rows {
        for c in 0..<ds.columns { embedding.gradient[t[r], c] += ds[r, c] * a[r, c] }
      }
      self.embedding = embedding
      da = ds .* gain
    }
    weight.gradient = Matrix.product(da, x, transposeA: true)
    bias.gradient = da.columnSums
    return da * weight.value
  }
}

/// The network ε_θ(xₜ, t) with its optimizer.
struct NoisePredictor {
  var layers: [ConditionalLayer]
  private var steps = 0

  init(hidden: [Int] = [128, 128, 128], timesteps: Int = 100, seed: UInt64 = 0) {
    let widths = [2] + hidden + [2]
    layers = (0..<widths.count - 1).map { i in
      ConditionalLayer(
        inputs: widths[i], outputs: widths[i + 1], timesteps: i < hidden.count ? timesteps : nil
      ) { RandomStream(seed: seed, stream: UInt64(3 * i + $0)) }
    }
  }

  mutating func predict(_ x: Matrix<Float>, at t: [Int]) -> Matrix<Float> {
    var x = x
    for i in layers.indices { x = layers[i].forward(x, at: t) }
    return x
  }

  /// Takes a step of training: the loss L = mean (ε - ε_θ(xₜ, t))², its clipped gradients, and Adam.
  mutating func train(_ x: Matrix<Float>, at t: [Int], noise: Matrix<Float>) -> (
    loss: Double, norm: Double
  ) {
    let error = predict(x, at: t) - noise
    var gradient = Float(2) / Float(error.count) * error
    for i in layers.indices.reversed() { gradient = layers[i].backward(gradient) }
    let squares = layers.reduce(0) {
      $0 + $1.weight.gradient.squaredNorm + $1.bias.gradient.squaredNorm
        + ($1.embedding?.gradient.squaredNorm ?? 0)
    }
    let norm = squares.squareRoot()
    let scale = min(1, 1 / (norm + 1e-6))
    steps += 1
    for i in layers.indices {
      layers[i].weight.update(step: steps, learningRate: 1e-3, scale: scale)
      layers[i].bias.update(step: steps, learningRate: 1e-3, scale: scale)
      layers[i].embedding?.update(step: steps, learningRate: 1e-3, scale: scale)
    }
    return (error.squaredNorm / Double(error.count), norm)
  }
}
