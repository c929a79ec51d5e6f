import Diffusion
import Foundation
import LinearAlgebra
import Testing

/// With an exact denoiser, the error of a deterministic sampler comes from its step size alone, and
/// falls with the order that its paper claims.
@Suite struct ConvergenceTests {
  private static let mixture = GaussianMixtureDenoiser(
    weights: [1, 2, 1.5], means: [[-1, 0.5], [0.8, 0.9], [0.4, -1.1]],
    covariances: [.isotropic(0.2), .diagonal([0.4, 0.1]), .full([0.3, 0.1, 0.1, 0.2])])
  private static let range = KarrasSigmas(minimum: 0.1, maximum: 5, rho: 7)
  private static let starts = 5 * RandomStream(seed: 6).normal(rows: 12, columns: 2)

  /// The solution of dx/d ln σ = x - D by the fourth-order Runge-Kutta method in `Double`.
  private static let exact: [Double] = {
    let steps = 160
    let (first, last) = (log(range.maximum), log(range.minimum))
    let width = (last - first) / Double(steps)
    var result: [Double] = []
    for row in 0..<starts.rows {
      var x = SIMD2(Double(starts[row, 0]), Double(starts[row, 1]))
      for step in 0..<steps {
        let position: Double = first + width * Double(step)
        let k1 = slope(x, position)
        let k2 = slope(x + width / 2 * k1, position + width / 2)
        let k3 = slope(x + width / 2 * k2, position + width / 2)
        let k4 = slope(x + width * k3, position + width)
        let sum: SIMD2<Double> = k1 + 2 * (k2 + k3) + k4
        x += width / 6 * sum
      }
      result += [x.x, x.y]
    }
    return result
  }()

  private static func slope(_ x: SIMD2<Double>, _ position: Double) -> SIMD2<Double> {
    let data = mixture.denoise([x.x, x.y], at: NoiseLevel(sigma: exp(position)))
    return x - SIMD2(data[0], data[1])
  }

  private func samples(_ method: SamplingMethod, steps: Int, preserving: Bool) -> [Double] {
    var levels = Self.range.sigmas(count: steps + 1).map { NoiseLevel(sigma: $0) }
    if preserving { levels = levels.map(\.variancePreserving) }
    let start = Float(levels[0].alpha) * Self.starts
    let last = Sampler(Self.mixture, levels: levels, method: method).run(from: start)
    return doubles(last).map { $0 / levels[steps].alpha }
  }

  private func error(_ values: [Double]) -> Double {
    mean(zip(values, Self.exact).map { ($0 - $1) * ($0 - $1) }).squareRoot()
  }

  @Test(
    arguments: [
      (SamplingMethod.heun(), 1.7...2.4), (.dpmSolver2M, 1.7...2.4), (.ddim(), 0.8...1.3),
    ], [false, true])
  func errorsFallWithTheClaimedOrder(
    _ sampling: (method: SamplingMethod, order: ClosedRange<Double>), preserving: Bool
  ) {
    let steps = [10, 20, 40, 80]
    let errors = steps.map {
      log(error(samples(sampling.method, steps: $0, preserving: preserving)))
    }
    let logs = steps.map { log(Double($0)) }
    let (x, y) = (mean(logs), mean(errors))
    let covariance = mean(zip(logs, errors).map { ($0 - x) * ($1 - y) })
    let order = -covariance / variance(logs)
    #expect(sampling.order.contains(order), "\(sampling.method): \(order), \(errors)")
    #expect(errors[3] < log(sampling.order.lowerBound > 1 ? 2e-3 : 5e-2))
  }

  /// x/α is the state at (1, σ/α): a sampler takes the same path in either scaling.
  @Test(arguments: [SamplingMethod.heun(), .dpmSolver2M, .ddim()], [1, 2, 9])
  func samplesDoNotDependOnTheScaleOfStates(_ method: SamplingMethod, steps: Int) {
    let (exploding, preserving) = (
      samples(method, steps: steps, preserving: false),
      samples(method, steps: steps, preserving: true)
    )
    for (a, b) in zip(exploding, preserving) { #expect(abs(a - b) < 2e-5) }
  }
}
