import LinearAlgebra
import Testing

@testable import LangevinReports

@Suite("Histograms")
struct ColumnHistogramTests {
  private static let normal = NamedColumns.finite(
    RandomStream(seed: 1).normal(rows: 2000, columns: 1), 0)

  @Test("Bins have the same width and contain nearly all data")
  func bins() {
    let histogram = ColumnHistogram(data: Self.normal, samples: Self.normal, bins: 30)
    #expect(histogram.data.count == 30 && histogram.edges.count == 31)
    #expect(histogram.data == histogram.samples)
    #expect(histogram.data.reduce(0, +) > 0.99)
    let width = histogram.edges[1] - histogram.edges[0]
    for (lower, upper) in zip(histogram.edges, histogram.edges.dropFirst()) {
      #expect(abs(upper - lower - width) < 1e-9)
    }
  }

  @Test("A column with few values has a bin for each")
  func fewValues() {
    let histogram = ColumnHistogram(data: [1, 2, 2, 5], samples: [1.1, 2.2, 4.9, 5.2])
    #expect(histogram.edges == [0.5, 1.5, 3.5, 6.5])
    #expect(histogram.data == [0.25, 0.5, 0.25])
    #expect(histogram.samples == [0.25, 0.25, 0.5])
  }

  @Test("Bins of integers contain the same number of integers")
  func integers() {
    let data = (0..<100).map { Double($0 - 30) }
    let histogram = ColumnHistogram(data: data, samples: data)
    let inner = histogram.data.filter { $0 > 0 }.dropFirst().dropLast()
    #expect(inner.count > 20 && Set(inner.map { Int((100 * $0).rounded()) }).count == 1)
    #expect(histogram.edges.allSatisfy { $0 - $0.rounded(.down) == 0.5 })
    #expect(histogram.samplesBeyond < 1e-9)
  }

  @Test("Samples beyond all edges are counted, and the last bin includes its upper edge")
  func beyond() {
    let histogram = ColumnHistogram(data: [0, 1], samples: [0, 1.5, 99, -99])
    #expect(histogram.edges == [-0.5, 0.5, 1.5])
    #expect(histogram.samples == [0.25, 0.25])
    #expect(histogram.samplesBeyond == 0.5)
  }

  @Test(
    "Missing, constant and extreme data have edges in ascending order",
    arguments: [
      [], [3], [0, 0, 0], [-7, -7], [Double](repeating: 2, count: 500) + (0..<30).map(Double.init),
      (0..<40).map { Double($0) * 1e37 }, [3e38, -3e38], [1e-40, 2e-40],
    ] as [[Double]])
  func hostile(data: [Double]) {
    for samples in [data, [], Self.normal] {
      let histogram = ColumnHistogram(data: data, samples: samples)
      #expect(histogram.edges.allSatisfy { $0.isFinite })
      #expect(zip(histogram.edges, histogram.edges.dropFirst()).allSatisfy { $0 < $1 })
      #expect((histogram.data + histogram.samples).allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect((0...1).contains(histogram.samplesBeyond))
    }
  }
}
