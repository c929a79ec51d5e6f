import Testing

@testable import langevin_benchmark

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct ReportTests {
  private let report = Samples.report(Samples.product + Samples.model + Samples.parts)

  @Test func computesRates() throws {
    let measurements = report.rows[0].measurements
    #expect(measurements.map(\.contender) == ["naive", "swift avx2", "openblas"])
    #expect(measurements[0].secondsPerStep == nil && measurements[0].gigaflops == nil)
    #expect(abs(try #require(measurements[1].gigaflops) - 1) < 1e-12)
    #expect(measurements.map(\.relativeSpeed) == [nil, 0.5, 1])
    #expect(measurements.map(\.partOfBest) == [nil, 0.5, 1])
    #expect(measurements.map(\.partOfPeak) == [nil, 0.5, 1])
    let step = report.rows[1].measurements[0]
    #expect(step.secondsPerStep?.median == 0.004)
    #expect(step.secondsAtPeak == 0.0005)
    #expect(report.warnings.isEmpty)
  }

  @Test func computesSharesOfParts() {
    let rows = report.rows.filter { $0.name == "parts of test" }
    #expect(rows.map(\.part) == ["forward", "rest", nil])
    #expect(rows.map { $0.measurements[0].share } == [0.75, 0.25, nil])
    #expect(rows.map { $0.measurements[0].operationsPerStep } == [1e6, 0, 1e6])
    #expect(rows[1].measurements[0].gigaflops == nil)
    #expect(rows[1].measurements[0].secondsAtPeak == nil)
  }

  @Test func formatsText() {
    let words = report.text.split(separator: "\n").map { line in
      line.split(whereSeparator: { $0 == " " }).joined(separator: " ")
    }
    for line in [
      "Processor Example 9000; 2 processors",
      "Measured peak 2.0 GFLOP/s on 1 thread, by openblas, product of test",
      "product of test naive — — — — —",
      "swift avx2 1 000.0 1 000.0 – 1 000.0 1.0 50 % 0.50",
      "openblas 500.0 500.0 – 500.0 2.0 100 % 1.00",
      // 10⁶ operations at 2 GFLOP/s take 0.5 ms, an eighth of 4 ms.
      "model of test openblas 4 000.0 4 000.0 – 4 000.0 500.0 13 % 1.00",
      "openblas forward 3 000.0 3 000.0 – 3 000.0 75 % 0.3 17 % 500.0 1.00",
      "rest 1 000.0 1 000.0 – 1 000.0 25 % — — — 1.00",
      "all 4 000.0 4 000.0 – 4 000.0 — 0.3 13 % 500.0 1.00",
    ] {
      #expect(words.contains(line), "\(line)")
    }
  }

  @Test func omitsEmptySections() {
    let text = Samples.report(Samples.product).text
    #expect(text.contains("KERNELS"))
    for title in ["LAYERS", "MODEL", "SCALING", "Warning"] { #expect(!text.contains(title)) }
  }

  @Test func roundTripsThroughJSON() throws {
    let json = try report.json()
    #expect(try JSONDecoder().decode(Report.self, from: Data(json.utf8)) == report)
    for name in ["gigaflops", "partOfPeak", "share", "openBLASCore", "threads", "peak"] {
      #expect(json.contains("\"\(name)\""))
    }
  }
}
