import Testing

@testable import langevin_benchmark

@Suite struct MachineTests {
  @Test func findsTheProcessorsName() {
    let text = "processor\t: 0\nmodel\t\t: 17\nmodel name\t: AMD EPYC: x\n\nmodel name\t: other\n"
    #expect(Environment.processorName(inCPUInfo: text) == "AMD EPYC: x")
    #expect(Environment.processorName(inCPUInfo: "processor\t: 0\nmodel name\t:\n") == nil)
  }

  /// The columns are user, nice, system, idle, iowait, irq, softirq, and steal.
  @Test func addsTheTimesOfAllPrograms() throws {
    let text = "cpu  100 20 300 4000 50 6 7 80 0 0\ncpu0 1 2 3\n"
    let time = try #require(ProcessorTime.system(inStat: text, ticksPerSecond: 100))
    #expect(abs(time.all - 4.33) < 1e-9 && abs(time.stolen - 0.8) < 1e-9)
    #expect(ProcessorTime.system(inStat: "cpu  1 2 3\n", ticksPerSecond: 100) == nil)
    #expect(ProcessorTime.system(inStat: "", ticksPerSecond: 100) == nil)
  }

  @Test func subtractsTimes() {
    let a = ProcessorTime(wall: 5, own: 4, all: nil, stolen: 1)
    let b = ProcessorTime(wall: 2, own: 1, all: 3, stolen: 1)
    #expect(a - b == ProcessorTime(wall: 3, own: 3, all: nil, stolen: 0))
    let disturbance = Disturbance(a - b)
    #expect(disturbance.othersProcessors == nil && disturbance.stolenProcessors == 0)
    #expect(disturbance.processorShare == nil)
  }

  @Test func peakIsTheFastestRate() {
    func rows(_ name: String, threads: Int, seconds: Double) -> [Row] {
      let contender = Samples.contender(name, threads: threads)
      return Row.all(
        Samples.subject(.kernels, name), [Timings(contender, repeats: 1, seconds: [seconds])])
    }
    let peak = Peak(
      rows: rows("a", threads: 1, seconds: 1e-3) + Samples.model,
      before: rows("b", threads: 1, seconds: 2e-3) + rows("c", threads: 4, seconds: 5e-4),
      after: rows("d", threads: 1, seconds: 4e-3))
    #expect(peak.rates.map(\.contender) == ["a", "c"])
    #expect([1, 2, 4].map(peak.gigaflops) == [1, 2, 2])
    #expect(peak.change == -0.5)
  }

  @Test(arguments: [
    (1, [1]), (2, [1, 2]), (3, [1, 2, 3]), (4, [1, 2, 4]), (12, [1, 2, 4, 8, 12]),
  ])
  func threadCountsArePowersOfTwoAndAll(threads: Int, counts: [Int]) {
    #expect(Settings(threads: threads).threadCounts == counts)
  }
}
