import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

@testable import Diffusion

/// Models of numbers and categories, compared with the distribution that they learn.
@Suite struct CategorySamplerTests {
  /// p(a, b) of a variable of three categories and one of two.
  private static let joint: [[Double]] = [[0.05, 0.25], [0.3, 0.1], [0.28, 0.02]]
  /// The mean of the number for a, b; its standard deviation is 0.2.
  private static func mean(_ a: Int, _ b: Int) -> Double { Double(a) - 1 + 0.5 * Double(b) }

  private static func data(_ count: Int, hasNumber: Bool = true) -> Matrix<Float> {
    let uniform = RandomStream(seed: 5).uniform(rows: count, columns: 1)
    let normal = RandomStream(seed: 6).normal(rows: count, columns: 1)
    return Matrix<Float>(
      (0..<count).map { row in
        var rest = Double(uniform[row, 0])
        for a in 0..<3 {
          for b in 0..<2 {
            rest -= joint[a][b]
            if rest < 0 || (a, b) == (2, 1) {
              let number = Float(mean(a, b)) + 0.2 * normal[row, 0]
              return (hasNumber ? [number] : []) + [Float(a), Float(b)]
            }
          }
        }
        return []
      })
  }

  private static func train(
    hasNumber: Bool, steps: Int, threads: Int = 1
  ) throws -> DiffusionModel {
    let data = data(4000, hasNumber: hasNumber)
    let dimension = hasNumber ? 1 : 0
    let model = DiffusionModel.residual(
      dimension: dimension, width: 48, blocks: 2, octaves: 2,
      moments: hasNumber ? DataMoments(data.columns(0..<1)) : nil, categories: [3, 2])
    let training = try Training(
      model, data: data,
      configuration: .best(steps: steps, batchSize: 256, threads: threads))
    for _ in 0..<steps { training.step() }
    return training.result
  }

  private static let mixed = Result { try train(hasNumber: true, steps: 2000) }

  /// Returns the shares of a, b among `codes`.
  private static func shares(_ codes: Matrix<Float>) -> [[Double]] {
    var counts = [[Double]](repeating: [0, 0], count: 3)
    for row in 0..<codes.rows {
      counts[Int(codes[row, 0])][Int(codes[row, 1])] += 1 / Double(codes.rows)
    }
    return counts
  }

  @Test func categoriesAloneHaveTheirJointDistribution() throws {
    let model = try Self.train(hasNumber: false, steps: 300)
    #expect(model.dimension == 0 && model.contextWidth == 2 && model.rowWidth == 2)
    let shares = Self.shares(CategorySampler(model).sample(count: 20_000, seed: 1))
    for a in 0..<3 {
      for b in 0..<2 { #expect(abs(shares[a][b] - Self.joint[a][b]) < 0.025, "\(a), \(b)") }
    }
  }

  @Test func numbersFollowTheirCategories() throws {
    let model = try Self.mixed.get()
    let count = 10_000
    let codes = CategorySampler(model).sample(count: count, seed: 1, threads: 2)
    let shares = Self.shares(codes)
    let numbers = Sampler(model, contexts: codes).sample(count: count, seed: 1, threads: 2)
    for a in 0..<3 {
      for b in 0..<2 {
        #expect(abs(shares[a][b] - Self.joint[a][b]) < 0.03, "\(a), \(b)")
        let rows = (0..<count).filter { codes[$0, 0] == Float(a) && codes[$0, 1] == Float(b) }
        let values = rows.map { Double(numbers[$0, 0]) }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + pow($1 - mean, 2) } / Double(values.count)
        #expect(abs(mean - Self.mean(a, b)) < 0.08, "\(a), \(b)")
        #expect(abs(variance.squareRoot() - 0.2) < 0.06, "\(a), \(b)")
      }
    }
  }

  /// p(a, b | x) and p(a | b), by Bayes' theorem.
  @Test func fillsUnknownCategoriesUnderKnownCells() throws {
    let sampler = CategorySampler(try Self.mixed.get())
    let count = 10_000
    func likelihood(_ x: Double, _ a: Int, _ b: Int) -> Double {
      Self.joint[a][b] * exp(-pow((x - Self.mean(a, b)) / 0.2, 2) / 2)
    }
    for x in [-0.5, 0.25, 1] {
      let rows = Matrix<Float>((0..<count).map { _ in [Float(x), .nan, .nan] })
      let shares = Self.shares(sampler.fill(rows, seed: 2))
      let total = (0..<6).reduce(0) { $0 + likelihood(x, $1 / 2, $1 % 2) }
      for a in 0..<3 {
        for b in 0..<2 {
          #expect(abs(shares[a][b] - likelihood(x, a, b) / total) < 0.12, "\(x): \(a), \(b)")
        }
      }
    }
    let rows = Matrix<Float>((0..<count).map { _ in [.nan, .nan, 1] })
    let codes = sampler.fill(rows, seed: 3)
    let total = 0.25 + 0.1 + 0.02
    for a in 0..<3 {
      let share = (0..<count).filter { codes[$0, 0] == Float(a) }.count
      #expect(abs(Double(share) / Double(count) - Self.joint[a][1] / total) < 0.05, "\(a)")
    }
    #expect((0..<count).allSatisfy { codes[$0, 1] == 1 })
  }

  /// Row i depends only on the seed, i and its known cells.
  @Test func codesDoNotDependOnThreadsOrCount() throws {
    let sampler = CategorySampler(try Self.mixed.get())
    let codes = sampler.sample(count: 300, seed: 4)
    #expect(sampler.sample(count: 300, seed: 4, threads: 3) == codes)
    #expect(sampler.sample(count: 130, seed: 4) == codes.rows(0..<130))
    #expect(sampler.sample(count: 300, seed: 5) != codes)
    #expect(sampler.sample(count: 0, seed: 4).rows == 0)
    #expect(throws: CancellationError.self) {
      let rows = Matrix<Float>(rows: 300, columns: 3, repeating: .nan)
      _ = try sampler.fill(rows, seed: 1) { _ in false }
    }
  }

  @Test func trainingHasTheSameBitsForAnyThreads() throws {
    let one = try Self.train(hasNumber: true, steps: 5)
    let three = try Self.train(hasNumber: true, steps: 5, threads: 3)
    #expect(one.network.parameters == three.network.parameters)
  }

  @Test func heldOutLossFalls() throws {
    let data = Self.data(1000)
    let model = DiffusionModel.residual(
      dimension: 1, width: 32, blocks: 2, moments: DataMoments(data.columns(0..<1)),
      categories: [3, 2])
    let training = try Training(
      model, data: data.rows(0..<800), heldOut: data.rows(800..<1000),
      configuration: .best(steps: 300, batchSize: 128))
    let before = try #require(training.heldOutLoss())
    // Before training, all categories are equally likely, and the estimate of the numbers is 0.
    #expect(abs(before - (log(3.0) + log(2.0)) / 2 - 1) < 0.4)
    for _ in 0..<300 { training.step() }
    let after = try #require(training.heldOutLoss())
    #expect(after < 0.75 * before)
    #expect(training.heldOutLoss() == after)
  }

  @Test func rejectsNumbersThatAreNoCodes() {
    let model = DiffusionModel.residual(dimension: 1, width: 8, blocks: 1, categories: [3, 2])
    for (row, column, count) in [([0, 3, 0], 1, 3), ([0, 0, -1], 2, 2), ([0, 0.5, 0], 1, 3)]
      as [([Float], Int, Int)]
    {
      #expect(throws: TrainingError.noCategory(row: 1, column: column, count: count)) {
        try Training(
          model, data: Matrix([[0, 0, 0], row]), configuration: .init(batchSize: 1))
      }
    }
  }

  @Test func stopsAtCodesOutsideTheirVariables() async {
    let excluded = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = DiffusionModel.residual(dimension: 1, width: 8, blocks: 1, categories: [3, 2])
      _ = CategorySampler(model, excludedCodes: [3, nil])
    }
    let unknown = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = DiffusionModel.residual(dimension: 1, width: 8, blocks: 1, categories: [3, 2])
      _ = try? CategorySampler(model).logProbabilities(of: [[0, 0, .nan]], seed: 1)
    }
    for (result, text) in [(excluded, "are not codes"), (unknown, "is not a code of variable 1")] {
      let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(message.contains(text), "\(message)")
    }
  }

  /// log p(a, b) by the network against the distribution, in any order of the variables.
  @Test func logProbabilitiesAreThoseOfTheData() throws {
    let sampler = CategorySampler(try Self.mixed.get())
    for a in 0..<3 {
      for b in 0..<2 {
        let rows = Matrix<Float>((0..<50).map { _ in [0, Float(a), Float(b)] })
        let values = try sampler.logProbabilities(of: rows, seed: 1, threads: 2)
        for value in values { #expect(abs(exp(value) - Self.joint[a][b]) < 0.05, "\(a), \(b)") }
      }
    }
  }

  /// Of m variables a uniform number is hidden, each of them as often as the others.
  @Test func hidesUniformly() {
    var cells = HiddenCells(numbers: 2, variables: 4)
    let draws = RandomStream(seed: 8).uniform(rows: 20_000, columns: cells.drawsPerRow)
    var (byCount, byVariable, numbers) = ([0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0])
    for row in 0..<draws.rows {
      cells.choose(draws.row(row))
      let hidden = (0..<4).filter { cells.isHidden[2 + $0] }
      #expect(hidden.count == cells.hiddenVariables)
      byCount[hidden.count - 1] += 1
      for variable in hidden { byVariable[variable] += 1 }
      numbers[(0..<2).filter { cells.isHidden[$0] }.count] += 1
    }
    for count in byCount { #expect(abs(count - 5000) < 300) }
    for count in byVariable { #expect(abs(count - 12_500) < 350) }
    #expect(abs(numbers[0] - 1667) < 200 && abs(numbers[1] - 1667) < 200)
  }
}
