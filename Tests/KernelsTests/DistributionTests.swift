import Foundation
import LangevinKernelTable
import LangevinKernels
import Testing

/// The distribution of the random numbers.
///
/// The numbers are the same in every run and for every instruction set, so each bound, about four
/// standard deviations, holds always or never.
@Suite struct DistributionTests {
  private static let count = 1 << 17

  private static func numbers(_ generate: KernelTable.Generate) -> [Double] {
    unsafe generated(count, seed: 2024, stream: 7, by: generate).map { Double($0) }
  }

  private static let uniform = unsafe numbers(Kernels.table(Kernels.level).uniform)
  private static let normal = unsafe numbers(Kernels.table(Kernels.level).normal)

  @Test func uniformFillsItsInterval() {
    let numbers = Self.uniform
    #expect(numbers.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(kolmogorovDistance(numbers) { $0 } < 1.95)
    #expect((correlation(numbers, lag: 1)).magnitude < 4)
    #expect((correlation(numbers, lag: 16)).magnitude < 4)
  }

  /// The numbers come close to 0 and 1 but never reach 1.
  @Test(arguments: Kernels.available)
  func uniformReachesItsEnds(_ level: KernelLevel) {
    let numbers = unsafe generated(1 << 22, seed: 1, by: Kernels.table(level).uniform)
    var least: Float = 1
    var greatest: Float = 0
    unsafe numbers.withUnsafeBufferPointer { numbers in
      for i in 0..<numbers.count {
        unsafe least = min(least, numbers[i])
        unsafe greatest = max(greatest, numbers[i])
      }
    }
    #expect(least >= 0 && least < 1e-5)
    #expect(greatest < 1 && greatest > 1 - 1e-5)
  }

  /// E x = 0, E x² = 1, E x³ = 0, E x⁴ = 3; the tolerances follow from the standard deviations of the
  /// estimates.
  @Test(arguments: [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0)])
  func normalHasItsMoments(order: Int, moment: Double, variance: Double) {
    let sum = Self.normal.reduce(0) { $0 + pow($1, Double(order)) }
    let deviation = (variance / Double(Self.count)).squareRoot()
    #expect((sum / Double(Self.count) - moment).magnitude < 4 * deviation)
  }

  @Test func normalHasItsDistribution() {
    #expect(kolmogorovDistance(Self.normal) { 0.5 * erfc(-$0 / 2.0.squareRoot()) } < 1.95)
  }

  /// Counts the numbers beyond 2, 3, and 4 σ on either side.
  @Test(arguments: [2.0, 3, 4])
  func normalHasItsTails(limit: Double) {
    let expected = 0.5 * erfc(limit / 2.0.squareRoot()) * Double(Self.count)
    let above = Double(Self.normal.filter { $0 > limit }.count)
    let below = Double(Self.normal.filter { $0 < -limit }.count)
    #expect((above - expected).magnitude < 4 * expected.squareRoot() + 1)
    #expect((below - expected).magnitude < 4 * expected.squareRoot() + 1)
  }

  /// Covers neighbors, and the two numbers made from the same words, sixteen apart.
  @Test(arguments: [1, 2, 16, 32, 64])
  func normalIsUncorrelated(lag: Int) {
    #expect(correlation(Self.normal, lag: lag).magnitude < 4)
    let squares = Self.normal.map { $0 * $0 }
    #expect(correlation(squares, lag: lag).magnitude < 4)
  }

  /// Returns the Kolmogorov-Smirnov distance times √n, which exceeds 1.95 in one of a thousand samples.
  private func kolmogorovDistance(_ numbers: [Double], _ cumulative: (Double) -> Double) -> Double {
    let sorted = numbers.sorted()
    let count = Double(sorted.count)
    var distance = 0.0
    for (i, x) in sorted.enumerated() {
      let p = cumulative(x)
      distance = max(distance, p - Double(i) / count, Double(i + 1) / count - p)
    }
    return distance * count.squareRoot()
  }

  /// Returns the correlation of numbers `lag` apart, in units of its standard deviation.
  private func correlation(_ numbers: [Double], lag: Int) -> Double {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
    let pairs = zip(numbers, numbers.dropFirst(lag))
    let covariance = pairs.reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    return covariance / variance / Double(numbers.count).squareRoot()
  }
}
