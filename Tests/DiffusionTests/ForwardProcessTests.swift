import Datasets
import Diffusion
import Foundation
import LinearAlgebra
import Testing

/// The forward process step by step and in closed form, and its posterior by Bayes' theorem.
@Suite struct ForwardProcessTests {
  private let schedule = NoiseSchedule(beta: [0.02, 0.1, 0.3, 0.05, 0.2])

  private func noise(_ rows: Int, _ columns: Int, _ index: Int) -> Matrix<Float> {
    RandomStream(seed: 77, stream: UInt64(index)).normal(rows: rows, columns: columns)
  }

  /// Compares element by element with the textbook formulas.
  @Test func stepsAndStatesMatchTheFormulas() {
    let process = ForwardProcess(schedule)
    let data = Matrix<Float>([[1, -2, 0.5], [0, 3, -1]])
    let noise = Matrix<Float>([[0.3, 1, -0.7], [-2, 0.1, 0]])
    for t in 0..<schedule.steps {
      let beta = schedule.beta[t]
      let kept = schedule.beta[...t].reduce(1) { $0 * (1 - $1) }
      let step = doubles(process.step(data, timestep: t, noise: noise))
      let timesteps = [Int32(t), Int32(schedule.steps - 1 - t)]
      let state = process.diffuse(data, timesteps: timesteps, noise: noise)
      for (i, (x, e)) in zip(doubles(data), doubles(noise)).enumerated() {
        #expect(abs(step[i] - (sqrt(1 - beta) * x + sqrt(beta) * e)) < 1e-6)
        if i < 3 {
          #expect(abs(Double(state[0, i]) - (sqrt(kept) * x + sqrt(1 - kept) * e)) < 1e-6)
        }
      }
      // Each row has its own timestep.
      let other = process.diffuse(
        data, timesteps: [timesteps[1], timesteps[1]], noise: noise)
      #expect(state.rows(1..<2) == other.rows(1..<2))
    }
  }

  /// Compares mean and variance, starting from one point.
  @Test(arguments: [0, 2, 4])
  func stepsMatchTheClosedForm(t: Int) {
    let process = ForwardProcess(schedule)
    let count = 10_000
    var state = Matrix<Float>(rows: count, columns: 1, repeating: 1.5)
    for s in 0...t {
      state = process.step(state, timestep: s, noise: noise(count, 1, s))
    }
    let kept = schedule.beta[...t].reduce(1) { $0 * (1 - $1) }
    let values = doubles(state)
    let spread = 1 - kept
    #expect(abs(mean(values) - 1.5 * sqrt(kept)) < 4 * sqrt(spread / Double(count)))
    #expect(abs(variance(values) / spread - 1) < 4 * sqrt(2 / Double(count)))
  }

  /// Compares the whole distribution from many points, projected onto several directions.
  @Test func stepwiseAndDirectDistributionsAgree() {
    let process = ForwardProcess(schedule)
    let count = 4000
    let points = Dataset.swissRoll.points(count: 2 * count, RandomStream(seed: 1))
    var chain = points.rows(0..<count)
    for t in 0..<schedule.steps {
      chain = process.step(chain, timestep: t, noise: noise(count, 2, t))
    }
    let last = Int32(schedule.steps - 1)
    let direct = process.diffuse(
      points.rows(count..<2 * count), timesteps: [Int32](repeating: last, count: count),
      noise: noise(count, 2, 100))
    for angle in stride(from: 0, to: 3, by: 0.75) {
      let side = { (matrix: Matrix<Float>) in
        (0..<count).map { Double(matrix[$0, 0]) * cos(angle) + Double(matrix[$0, 1]) * sin(angle) }
      }
      #expect(kolmogorovSmirnov(side(chain), side(direct)) < 1.95)
      // The test is able to detect different distributions.
      #expect(kolmogorovSmirnov(side(points.rows(0..<count)), side(direct)) > 1.95)
    }
  }

  /// q(xₜ₋₁ | xₜ, x₀) ∝ q(xₜ | xₜ₋₁) q(xₜ₋₁ | x₀), integrated on a grid.
  @Test(arguments: [1, 2, 4], [(0.7, -0.4), (-2, 1.3)])
  func posteriorMatchesBayesTheorem(t: Int, values: (data: Double, state: Double)) {
    let kept = schedule.beta[..<t].reduce(1) { $0 * (1 - $1) }
    let beta = schedule.beta[t]
    var (total, first, second) = (0.0, 0.0, 0.0)
    for x in stride(from: -6.0, through: 6.0, by: 0.002) {
      let prior = x - sqrt(kept) * values.data
      let likelihood = values.state - sqrt(1 - beta) * x
      let weight = exp(
        -prior * prior / (2 * (1 - kept)) - likelihood * likelihood / (2 * beta))
      total += weight
      first += weight * x
      second += weight * x * x
    }
    let mean = first / total
    let posterior = ForwardProcess(schedule).posterior(
      data: Matrix<Float>([[Float(values.data)]]), state: Matrix<Float>([[Float(values.state)]]),
      timestep: t)
    #expect(abs(Double(posterior.mean[0, 0]) - mean) < 1e-6)
    #expect(abs(posterior.variance - (second / total - mean * mean)) < 1e-9)
  }

  @Test func posteriorAtTheFirstTimestepIsTheData() {
    let data = Matrix<Float>([[0.3, -5]])
    let posterior = ForwardProcess(schedule)
      .posterior(data: data, state: Matrix<Float>([[9, 9]]), timestep: 0)
    #expect(posterior.mean == data)
    #expect(posterior.variance == 0)
  }

  @Test func rejectsTimestepsOutsideTheSchedule() async {
    await #expect(processExitsWith: .failure) {
      let process = ForwardProcess(.sigmoid(steps: 3))
      let zero = Matrix<Float>(rows: 1, columns: 1)
      _ = process.diffuse(zero, timesteps: [3], noise: zero)
    }
    await #expect(processExitsWith: .failure) {
      let process = ForwardProcess(.sigmoid(steps: 3))
      let zero = Matrix<Float>(rows: 1, columns: 1)
      _ = process.step(zero, timestep: -1, noise: zero)
    }
  }
}
