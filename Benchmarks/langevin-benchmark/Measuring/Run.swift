import LinearAlgebra

/// Measures rows, one after the other.
struct Run {
  /// What was asked for.
  let settings: Settings
  /// Is told the name of each row before it is measured, with its number and their count.
  let progress: (String, Int, Int) -> Void

  /// Every row that there is.
  static func allSubjects(_ settings: Settings) -> [Subject] {
    ProductShape.all.map { $0.subject(openBLASThreads: settings.openBLASThreads) }
      + [WrapperCost.subject] + LayerWork.all.map(\.subject)
      + ModelWork.subjects(threads: settings.threads)
      + ScalingWork.subjects(threadCounts: settings.threadCounts)
  }

  /// The report on `subjects`.
  func report(_ subjects: [Subject]) throws(BenchmarkError) -> Report {
    OpenBLAS.threads = settings.openBLASThreads
    let environment = Environment.current()
    var ofOneThread = ProcessorTime.none
    let start = ProcessorTime.now()
    progress("the peak", 0, subjects.count)
    let before = try measurePeak()
    var rows: [Row] = []
    for (index, subject) in subjects.enumerated() {
      progress(subject.name, index + 1, subjects.count)
      rows += try measure(subject, timeOfOneThread: &ofOneThread)
    }
    progress("the peak, once more", subjects.count, subjects.count)
    let peak = Peak(rows: rows, before: before, after: try measurePeak())
    let all = ProcessorTime.now() - start
    return Report(
      settings: settings, environment: environment, peak: peak, rows: rows,
      disturbance: Disturbance(all, ofOneThread: ofOneThread))
  }

  /// The rows of `subject`; adds the time to `timeOfOneThread` if nobody uses more.
  private func measure(
    _ subject: Subject, timeOfOneThread: inout ProcessorTime
  ) throws(BenchmarkError) -> [Row] {
    // Training and sampling share work among threads of their own; elsewhere there is one.
    OpenBLAS.threads = subject.section == .kernels ? settings.openBLASThreads : 1
    let contenders = try subject.contenders()
    let start = ProcessorTime.now()
    var race = Race(contenders, shortestTiming: subject.shortestTiming)
    let (rounds, seconds) = settings.effort.limits(usual: subject.seconds)
    let timings = race.timings(rounds: rounds, seconds: seconds)
    if contenders.allSatisfy({ $0.threads == 1 }) {
      timeOfOneThread = timeOfOneThread + (ProcessorTime.now() - start)
    }
    return Row.all(subject, timings)
  }

  /// Products whose rates all others are percentages of.
  private func measurePeak() throws(BenchmarkError) -> [Row] {
    OpenBLAS.threads = 1
    var rows: [Row] = []
    for subject in PeakWork.subjects(threadCounts: settings.threadCounts) {
      var race = Race(try subject.contenders(), shortestTiming: subject.shortestTiming)
      rows += Row.all(subject, race.timings(rounds: 200, seconds: subject.seconds))
    }
    return rows
  }
}
