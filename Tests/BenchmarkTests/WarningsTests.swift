import Testing

@testable import langevin_benchmark

@Suite struct WarningsTests {
  @Test func quietMachinesGetNoWarnings() {
    #expect(Samples.report(Samples.product).warnings.isEmpty)
  }

  /// Each case has one problem and a word of its warning.
  @Test func warnsAboutTheEnvironment() {
    expect("OPENBLAS_CORETYPE") { $0.variables = ["OPENBLAS_CORETYPE": "Zen"] }
    expect("LANGEVIN_KERNELS") { $0.kernelLevel = "baseline" }
    expect("ignored") { $0.kernelProblem = "LANGEVIN_KERNELS=x: no" }
    expect("does not know") { $0.openBLASProblem = "OpenBLAS does not know this processor" }
    expect("1 of 2") { $0.allowedProcessors = 1 }
    expect("not the 1") { $0.openBLASThreads = 3 }
    expect("load 2.5") { $0.load = 2.5 }
    expect("time of 0.5 processors") { $0.quota = 0.5 }
  }

  private func expect(_ word: String, if change: (inout Environment) -> Void) {
    var environment = Samples.environment
    change(&environment)
    let warnings = Samples.report(Samples.product, environment: environment).warnings
    #expect(warnings.count == 1 && warnings[0].contains(word), "\(warnings)")
  }

  @Test(arguments: [
    (ProcessorTime(wall: 10, own: 10, all: 15, stolen: 0), "0.5 processors busy"),
    (ProcessorTime(wall: 10, own: 10, all: 10, stolen: 2), "0.2 processors"),
  ])
  func warnsAboutOtherPrograms(time: ProcessorTime, word: String) {
    let warnings = Samples.report(Samples.product, disturbance: Disturbance(time)).warnings
    #expect(warnings.count == 1 && warnings[0].contains(word))
  }

  @Test func warnsAboutALostProcessor() {
    let all = ProcessorTime(wall: 10, own: 10, all: 10, stolen: 0)
    let disturbance = Disturbance(
      all, ofOneThread: ProcessorTime(wall: 10, own: 9, all: 10, stolen: 0))
    let warnings = Samples.report(Samples.product, disturbance: disturbance).warnings
    #expect(warnings.count == 1 && warnings[0].contains("10 %"))
  }

  @Test func warnsAboutMoreThreadsThanProcessors() {
    let warnings = Samples.report(Samples.product, settings: Settings(threads: 3)).warnings
    #expect(
      warnings.count == 1 && warnings[0].contains("3 threads share the time of 2 processors"))
  }

  @Test(
    arguments: [
      (0.8, 1, "fell by 20 %"), (1, 0.8, "rose by 25 %"), (1, 0.99, nil), (1, 1.01, nil),
    ] as [(Double, Double, String?)])
  func warnsAboutAChangedPeak(before: Double, after: Double, word: String?) {
    func peak(_ seconds: Double) -> [Row] {
      Row.all(Samples.subject(.kernels, "square"), [Samples.timings("openblas", [seconds])])
    }
    let warnings = Samples.report([], before: peak(before), after: peak(after)).warnings
    #expect(warnings.count == (word == nil ? 0 : 1))
    #expect(word.map { warnings.first?.contains($0) == true } ?? true)
  }

  @Test func warnsAboutScatter() {
    let rows = Row.all(
      Samples.subject(.kernels, "product"), [Samples.timings("openblas", [1, 2, 3])])
    #expect(Samples.report(rows).warnings.count == 1)
  }

  @Test func warnsAboutPartsThatDoNotSumToTheWhole() {
    let whole = Samples.contender(ModelWork.wholeStep, against: "swift")
    let rows = Row.all(
      Samples.subject(.model, "parts"),
      [
        Samples.timings("swift", [1.5, 1.5]), Timings(whole, repeats: 1, seconds: [1, 1]),
      ])
    let warnings = Samples.report(rows).warnings
    #expect(warnings.count == 1 && warnings[0].contains("1.50"))
  }
}
