@testable import langevin_benchmark

/// Timings and their context, with figures that can be checked mentally.
enum Samples {
  static let environment = Environment(
    processor: "Example 9000", processors: 2, allowedProcessors: 2,
    kernelLevels: ["baseline", "avx2"], kernelLevel: "avx2", openBLASCore: "Zen",
    openBLASConfiguration: "OpenBLAS 0.3.21", openBLASThreads: 1, variables: [:], load: 0.5)

  static let quiet = Disturbance(ProcessorTime(wall: 10, own: 10, all: 10, stolen: 0))

  static func subject(_ section: Section, _ group: String) -> Subject {
    Subject(section, group: group, detail: "of test", seconds: 1) {
      () throws(BenchmarkError) in []
    }
  }

  static func contender(
    _ name: String, threads: Int = 1, size: Int? = nil, operations: Double = 1e6, steps: Int = 1,
    against: String = Contender.reference
  ) -> Contender {
    Contender(
      name, threads: threads, size: size, operations: operations, steps: steps, against: against,
      run: nil)
  }

  static func timings(
    _ name: String, _ seconds: [Double?], operations: Double = 1e6, steps: Int = 1
  ) -> Timings {
    Timings(
      contender(name, operations: operations, steps: steps), repeats: 1, seconds: seconds)
  }

  /// A product of 10⁶ operations: Swift takes 1 ms, OpenBLAS 0.5 ms, and the naive contender does not
  /// run.
  static let product = Row.all(
    subject(.kernels, "product"),
    [
      timings("naive", []), timings("swift avx2", [1e-3, 1e-3, 1e-3]),
      timings("openblas", [5e-4, 5e-4, 5e-4]),
    ])

  /// Ten steps of 10⁶ operations each, in 40 ms.
  static let model = Row.all(
    subject(.model, "model"), [timings("openblas", [0.04, 0.04], steps: 10)])

  /// A step of two parts, the second without operations.
  static let parts: [Row] = {
    let parts = [
      Contender.Part(name: "forward", operations: 1e6), .init(name: "rest", operations: 0),
    ]
    let contender = Contender("openblas", parts: parts) { _ in }
    return Row.all(
      subject(.model, "parts"),
      [
        Timings(
          contender, repeats: 1, seconds: [4e-3, 4e-3], parts: [[3e-3, 3e-3], [1e-3, 1e-3]])
      ])
  }()

  static func report(
    _ rows: [Row], settings: Settings = Settings(), environment: Environment = environment,
    disturbance: Disturbance = quiet, before: [Row] = [], after: [Row] = []
  ) -> Report {
    Report(
      settings: settings, environment: environment,
      peak: Peak(rows: rows, before: before, after: after), rows: rows, disturbance: disturbance)
  }
}
