import Testing

@testable import langevin_benchmark

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct ReportTests {
  private static func environment(
    load: Double? = 0.5, variables: [String: String] = [:]
  ) -> Environment {
    Environment(
      processor: "Example 9000", processors: 2, kernelLevels: ["baseline", "avx2"],
      openBLASCore: "Zen", openBLASConfiguration: "OpenBLAS 0.3.21", openBLASThreads: 1,
      openBLASVariables: variables, load: load)
  }

  private static func subject(_ kind: Subject.Kind, operations: Double, steps: Int) -> Subject {
    Subject(
      kind: kind, group: kind.rawValue, detail: "of test", operations: operations, steps: steps
    ) { () throws(BenchmarkError) in [] }
  }

  /// A product of 10⁶ operations: 1 ms by Swift, 0.5 ms by OpenBLAS, naive sits out.
  private static let product = Row(
    subject(.product, operations: 1e6, steps: 1),
    [
      Timings(name: "naive", threads: 1, repeats: 0, seconds: []),
      Timings(name: "swift avx2", threads: 1, repeats: 2, seconds: [1e-3, 1e-3, 1e-3]),
      Timings(name: "openblas", threads: 1, repeats: 4, seconds: [5e-4, 5e-4, 5e-4]),
    ])

  /// Ten steps of 10⁶ operations in 40 ms.
  private static let model = Row(
    subject(.model, operations: 1e6, steps: 10),
    [Timings(name: "openblas", threads: 1, repeats: 1, seconds: [0.04, 0.04])])

  @Test func computesRates() throws {
    let measurements = Self.product.measurements
    #expect(measurements.map(\.contender) == ["naive", "swift avx2", "openblas"])
    #expect(measurements[0].secondsPerStep == nil && measurements[0].gigaflops == nil)
    #expect(abs(try #require(measurements[1].gigaflops) - 1) < 1e-12)
    #expect(measurements[1].speedRelativeToOpenBLAS == 0.5)
    #expect(measurements[2].speedRelativeToOpenBLAS == 1)
    #expect(Self.model.measurements[0].secondsPerStep?.median == 0.004)
    let report = Report(environment: Self.environment(), rows: [Self.product, Self.model])
    #expect(report.best?.contender == "openblas")
    #expect(report.best == report.bestOfOneThread)
    #expect(report.warnings.isEmpty)
  }

  @Test func isReadByPeople() {
    let text = Report(environment: Self.environment(), rows: [Self.product, Self.model]).text
    let words = text.split(separator: "\n").map { line in
      line.split(whereSeparator: { $0 == " " }).joined(separator: " ")
    }
    #expect(words.contains("Processor Example 9000, 2 in use"))
    #expect(words.contains("product of test naive — — — — —"))
    #expect(words.contains("swift avx2 1 000.0 1 000.0 – 1 000.0 1.0 50 % 0.50"))
    #expect(words.contains("openblas 500.0 500.0 – 500.0 2.0 100 % 1.00"))
    // 10⁶ operations at 2 GFLOP/s are 0.5 ms, an eighth of 4.
    #expect(words.contains("model of test openblas 4 000.0 4 000.0 – 4 000.0 500.0 13 % 1.00"))
  }

  @Test func isReadByMachines() throws {
    let report = Report(environment: Self.environment(load: nil), rows: [Self.product, Self.model])
    let json = try report.json()
    #expect(try JSONDecoder().decode(Report.self, from: Data(json.utf8)) == report)
    #expect(json.contains("\"gigaflops\""))
  }

  @Test func warns() {
    func warnings(_ environment: Environment, _ rows: [Row]) -> [String] {
      Report(environment: environment, rows: rows).warnings
    }
    #expect(warnings(Self.environment(load: 2.5), []).count == 1)
    #expect(warnings(Self.environment(variables: ["OPENBLAS_CORETYPE": "Zen"]), []).count == 1)
    let scattered = Row(
      Self.subject(.product, operations: 1, steps: 1),
      [Timings(name: "openblas", threads: 1, repeats: 1, seconds: [1, 2, 3])])
    #expect(warnings(Self.environment(), [scattered]).count == 1)
  }

  @Test func findsTheProcessorsName() {
    let text = "processor\t: 0\nmodel\t\t: 17\nmodel name\t: AMD EPYC: x\n\nmodel name\t: other\n"
    #expect(Environment.processorName(inCPUInfo: text) == "AMD EPYC: x")
    #expect(Environment.processorName(inCPUInfo: "processor\t: 0\nmodel name\t:\n") == nil)
  }
}
