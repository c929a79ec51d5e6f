import LangevinPreconditions
public import LinearAlgebra

/// The process that turns data into noise, with its closed-form distributions.
public struct ForwardProcess: Sendable {
  /// The noise schedule of the process.
  public let schedule: NoiseSchedule
  /// √ᾱₜ and √(1 - ᾱₜ) for each t, as `diffuse` needs them.
  private let factors: [(signal: Float, noise: Float)]

  /// Creates the process of `schedule`.
  public init(_ schedule: NoiseSchedule) {
    self.schedule = schedule
    self.factors = (0..<schedule.steps).map {
      (Float(schedule.signal($0)), Float(schedule.noise($0)))
    }
  }

  /// Returns the result of one step of the chain, xₜ = √(1 - βₜ) xₜ₋₁ + √βₜ ε, a draw from q(xₜ | xₜ₋₁).
  public func step(_ previous: Matrix<Float>, timestep t: Int, noise: Matrix<Float>) -> Matrix<
    Float
  > {
    check(t)
    var next = Float(schedule.alpha[t].squareRoot()) * previous
    next.add(noise, scaledBy: Float(schedule.beta[t].squareRoot()))
    return next
  }

  /// Returns the result of all steps up to timestep t, xₜ = √ᾱₜ x₀ + √(1 - ᾱₜ) ε, a draw from q(xₜ | x₀).
  /// Each row has its own timestep.
  public func diffuse(_ data: Matrix<Float>, timesteps: [Int32], noise: Matrix<Float>) -> Matrix<
    Float
  > {
    require(
      timesteps.count == data.rows, "diffuse: \(timesteps.count) timesteps for \(data.rows) rows")
    var result = Matrix<Float>(rows: data.rows, columns: data.columns)
    result.withMutableHandle { result in
      data.withHandle { data in
        noise.withHandle { noise in
          diffuse(data, timesteps: timesteps.span, noise: noise, into: result)
        }
      }
    }
    return result
  }

  func diffuse(
    _ data: MatrixHandle<Float>, timesteps: Span<Int32>, noise: MatrixHandle<Float>,
    into result: MatrixHandle<Float>
  ) {
    require(
      noise.rows == data.rows && noise.columns == data.columns
        && result.rows == data.rows && result.columns == data.columns
        && timesteps.count == data.rows,
      """
      diffuse: \(timesteps.count) timesteps and noise of \(noise.rows) × \(noise.columns) for data \
      of \(data.rows) × \(data.columns), into \(result.rows) × \(result.columns)
      """)
    for row in 0..<data.rows {
      let t = Int(timesteps[row])
      check(t)
      let (signal, noiseFactor) = factors[t]
      for column in 0..<data.columns {
        unsafe result.base[row * result.stride + column] =
          signal * data.base[row * data.stride + column]
          + noiseFactor * noise.base[row * noise.stride + column]
      }
    }
  }

  /// Returns the mean and variance of q(xₜ₋₁ | xₜ, x₀):
  ///
  ///     μ̃ = √ᾱₜ₋₁ βₜ / (1 - ᾱₜ) x₀ + √αₜ (1 - ᾱₜ₋₁) / (1 - ᾱₜ) xₜ
  ///     β̃ = βₜ (1 - ᾱₜ₋₁) / (1 - ᾱₜ)
  ///
  /// At t = 0, where xₜ₋₁ is the data itself, the mean is x₀ and the variance 0.
  public func posterior(
    data: Matrix<Float>, state: Matrix<Float>, timestep t: Int
  ) -> (mean: Matrix<Float>, variance: Double) {
    check(t)
    let alphaBarBefore = t > 0 ? schedule.alphaBar[t - 1] : 1
    let noiseBefore = t > 0 ? schedule.oneMinusAlphaBar[t - 1] : 0
    let noise = schedule.oneMinusAlphaBar[t]
    var mean = Float(alphaBarBefore.squareRoot() * schedule.beta[t] / noise) * data
    mean.add(state, scaledBy: Float(schedule.alpha[t].squareRoot() * noiseBefore / noise))
    return (mean, schedule.posteriorVariance[t])
  }

  private func check(_ t: Int) {
    require(
      t >= 0 && t < schedule.steps,
      "ForwardProcess: timestep \(t) must be from 0 to \(schedule.steps - 1)")
  }
}
