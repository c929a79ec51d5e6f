import LinearAlgebra
import Testing

@testable import Plots

@Suite("Smoothing")
struct SmoothingTests {
  @Test("Few values stay unchanged")
  func few() {
    #expect(Smoothing.smooth([]) == [])
    #expect(Smoothing.smooth([3, 1, 2]) == [3, 1, 2])
  }

  @Test("A straight line stays straight except at its end, where windows are cut")
  func line() {
    let values = (0..<200).map(Double.init)
    let smoothed = Smoothing.smooth(values)
    #expect(smoothed.count == 200)
    for index in 0..<180 { #expect((smoothed[index] - values[index]).magnitude < 1e-9) }
    #expect(smoothed[199] > 190)
  }

  @Test("A spike leaves no trace")
  func spike() {
    var values = [Double](repeating: 1, count: 200)
    values[100] = 1e6
    for value in Smoothing.smooth(values) { #expect((value - 1).magnitude < 1e-12) }
  }

  @Test("Smoothing reduces noise")
  func noise() {
    let normal = RandomStream(seed: 1).normal(rows: 400, columns: 1)
    let values = (0..<400).map { Double(normal[$0, 0]) }
    func meanSquare(_ values: some Collection<Double>) -> Double {
      values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    }
    #expect(meanSquare(Smoothing.smooth(values)) < meanSquare(values) / 4)
  }
}
