import LangevinKernelTable
import LangevinPreconditions
public import LinearAlgebra

/// The Adam optimizer (Kingma & Ba 2015, arXiv 1412.6980), as `torch.optim.Adam` computes it.
///
/// At step n, with gradient g:
///
///     m ← β₁ m + (1 - β₁) g
///     v ← β₂ v + (1 - β₂) g²
///     θ ← θ - α / (1 - β₁ⁿ) · m / (√v / √(1 - β₂ⁿ) + ε)
public struct Adam: Sendable {
  /// The learning rate α.
  public var learningRate: Double
  /// The decay β₁ of the first moment.
  public let beta1: Double
  /// The decay β₂ of the second moment.
  public let beta2: Double
  /// The constant ε, which is added to the root of the second moment.
  public let epsilon: Double
  /// The number of steps taken, n.
  public private(set) var steps: Int
  /// The first moments m.
  public private(set) var firstMoments: Parameters
  /// The second moments v.
  public private(set) var secondMoments: Parameters

  /// Creates an optimizer for parameters with the names and shapes of `parameters` that has taken no step.
  public init(
    _ parameters: Parameters, learningRate: Double = 1e-3, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8
  ) {
    self.init(
      steps: 0, firstMoments: Parameters(zerosLike: parameters),
      secondMoments: Parameters(zerosLike: parameters),
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }

  /// Creates an optimizer that has taken `steps` steps, with the moments after the last of them.
  public init(
    steps: Int, firstMoments: Parameters, secondMoments: Parameters, learningRate: Double = 1e-3,
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8
  ) {
    require(
      steps >= 0 && firstMoments.layout == secondMoments.layout,
      "Adam: the number of steps (\(steps)) is negative, or the layouts of the moments differ")
    require(
      epsilon > 0 && (0..<1).contains(beta1) && (0..<1).contains(beta2),
      "Adam: betas \(beta1) and \(beta2) must be in 0 ..< 1, epsilon \(epsilon) above 0")
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.steps = steps
    self.firstMoments = firstMoments
    self.secondMoments = secondMoments
  }

  /// Updates `parameters` by one step with the gradients `gradientScale * gradients`.
  public mutating func update(
    _ parameters: inout Parameters, gradients: Parameters, gradientScale: Float = 1,
    engine: Engine = .current
  ) {
    require(
      gradients.layout == firstMoments.layout,
      "Adam: the layouts of gradients and moments differ")
    gradients.flat.withHandle { gradients in
      step(&parameters, gradients: gradients, gradientScale: gradientScale) {
        $0.apply(0..<$0.count, engine: engine)
      }
    }
  }

  /// Begins a step and calls `body`, which must apply the step to all elements.
  mutating func step(
    _ parameters: inout Parameters, gradients: MatrixHandle<Float>, gradientScale: Float,
    _ body: (AdamStep) -> Void
  ) {
    require(
      parameters.layout == firstMoments.layout && gradients.columns == parameters.flat.columns,
      "Adam: the layouts of parameters, gradients and moments differ")
    steps += 1
    let stepSize = learningRate / (1 - power(beta1, steps))
    let correction = (1 - power(beta2, steps)).squareRoot()
    let (beta1, beta2, epsilon) = (beta1, beta2, epsilon)
    parameters.flat.withMutableHandle { parameters in
      firstMoments.flat.withMutableHandle { first in
        secondMoments.flat.withMutableHandle { second in
          body(
            AdamStep(
              parameters: parameters, gradients: gradients, firstMoments: first,
              secondMoments: second, gradientScale: gradientScale, beta1: beta1, beta2: beta2,
              stepSize: stepSize, correction: correction, epsilon: epsilon))
        }
      }
    }
  }
}

/// One step of Adam, which can be applied to any part of the parameters.
struct AdamStep: Sendable {
  let parameters: MatrixHandle<Float>
  let gradients: MatrixHandle<Float>
  let firstMoments: MatrixHandle<Float>
  let secondMoments: MatrixHandle<Float>
  let gradientScale: Float
  let beta1: Double
  let beta2: Double
  let stepSize: Double
  let correction: Double
  let epsilon: Double

  /// The average of the parameters, and the weight of the new parameters in it.
  typealias Average = (values: MatrixHandle<Float>, weight: Double)
  var average: Average?

  /// The number of elements.
  var count: Int { parameters.columns }

  /// Applies the step to the elements of `range`.
  ///
  /// With `streams`, the new parameters bypass the caches, for other threads to read.
  func apply(_ range: Range<Int>, engine: Engine, streams: Bool = false) {
    let start = range.lowerBound
    unsafe engine.kernels.adam(
      range.count, parameters.base + start, gradients.base + start, firstMoments.base + start,
      secondMoments.base + start, gradientScale, beta1, beta2, stepSize, correction, epsilon,
      streams, average.map { unsafe $0.values.base + start }, average?.weight ?? 0)
  }
}

/// Returns `base` to the power `exponent`.
///
/// Repeated squaring gives the same bits on every system.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var result = 1.0
  var square = base
  var rest = exponent
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}
