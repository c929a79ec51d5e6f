import LangevinKernelTable
import LangevinPreconditions
public import LinearAlgebra

/// The optimizer Adam (Kingma & Ba 2015, arXiv 1412.6980), as `torch.optim.Adam` computes it.
///
/// At step n, with gradient g:
///
///     m ← β₁ m + (1 - β₁) g
///     v ← β₂ v + (1 - β₂) g²
///     θ ← θ - α / (1 - β₁ⁿ) · m / (√v / √(1 - β₂ⁿ) + ε)
public struct Adam: Sendable {
  /// α.
  public var learningRate: Double
  /// β₁, the decay of the first moment.
  public let beta1: Double
  /// β₂, the decay of the second moment.
  public let beta2: Double
  /// ε.
  public let epsilon: Double
  /// How many steps have been taken: n.
  public private(set) var steps: Int
  /// m.
  public private(set) var firstMoments: Parameters
  /// v.
  public private(set) var secondMoments: Parameters

  /// An optimizer for parameters of `layout` that has taken no step.
  public init(
    _ layout: ParameterLayout, learningRate: Double = 1e-3, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8
  ) {
    self.init(
      steps: 0, firstMoments: Parameters(zeros: layout), secondMoments: Parameters(zeros: layout),
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }

  /// An optimizer that goes on after `steps` steps, with the moments that these left.
  public init(
    steps: Int, firstMoments: Parameters, secondMoments: Parameters, learningRate: Double = 1e-3,
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8
  ) {
    require(
      steps >= 0 && firstMoments.layout == secondMoments.layout,
      "Adam: \(steps) steps, or moments of different layouts")
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

  /// Takes a step: changes `parameters` by `gradientScale * gradients`.
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

  /// Begins a step and calls `body`, which applies it to all numbers.
  mutating func step(
    _ parameters: inout Parameters, gradients: MatrixHandle, gradientScale: Float,
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

/// One step of Adam, ready to be applied to any part of the numbers.
struct AdamStep: Sendable {
  let parameters: MatrixHandle
  let gradients: MatrixHandle
  let firstMoments: MatrixHandle
  let secondMoments: MatrixHandle
  let gradientScale: Float
  let beta1: Double
  let beta2: Double
  let stepSize: Double
  let correction: Double
  let epsilon: Double

  /// Numbers that follow the parameters, and the weight of the new ones.
  typealias Average = (values: MatrixHandle, weight: Double)
  var average: Average?

  /// How many numbers there are.
  var count: Int { parameters.columns }

  /// Changes the numbers of `range`. With `streams`, parameters go past the caches, for other
  /// threads to read.
  func apply(_ range: Range<Int>, engine: Engine, streams: Bool = false) {
    let start = range.lowerBound
    unsafe engine.kernels.adam(
      range.count, parameters.base + start, gradients.base + start, firstMoments.base + start,
      secondMoments.base + start, gradientScale, beta1, beta2, stepSize, correction, epsilon,
      streams, average.map { unsafe $0.values.base + start }, average?.weight ?? 0)
  }
}

/// `base` to the power `exponent`, by squaring: the same on every system.
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
