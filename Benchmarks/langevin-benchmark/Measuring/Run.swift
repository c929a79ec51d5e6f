import LinearAlgebra

/// A run of the benchmark, which measures one row after another.
struct Run {
  /// The user's settings.
  let settings: Settings
  /// A function that is called before each row, with its name, its number and the number of rows.
  let progress: (String, Int, Int) -> Void

  /// Returns the subjects of all rows.
  static func allSubjects(_ settings: Settings) -> [Subject] {
    ProductShape.all.map { $0.subject(openBLASThreads: settings.openBLASThreads) }
      + [WrapperCost.subject] + LayerWork.all.map(\.subject)
      + ModelWork.subjects(threads: settings.threads)
      + ScalingWork.subjects(threadCounts: settings.threadCounts)
  }

  /// Measures `subjects` and returns the report.
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

  /// Measures `subject` and returns its rows; adds the time to `timeOfOneThread` if all contenders use one
  /// thread.
  private func measure(
    _ subject: Subject, timeOfOneThread: inout ProcessorTime
  ) throws(BenchmarkError) -> [Row] {
    // Training and sampling have their own threads; only the section kernels gives threads to OpenBLAS.
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

  /// Measures the products that define the peak.
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
