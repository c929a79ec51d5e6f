import LinearAlgebra

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Measures rows, one after the other.
struct Run {
  /// How long each row is measured.
  let effort: Effort
  /// How many threads a product by OpenBLAS may use.
  let threads: Int
  /// Is told the name of each row before it is measured, with its number and their count.
  let progress: (String, Int, Int) -> Void

  /// Every row that there is.
  static func allSubjects(threads: Int) -> [Subject] {
    ProductShape.all.map { $0.subject(threads: threads) } + ModelWork.allCases.map(\.subject)
  }

  /// The report on `subjects`.
  func report(_ subjects: [Subject]) throws(BenchmarkError) -> Report {
    OpenBLAS.threads = threads
    let environment = Environment.current()
    var rows: [Row] = []
    let start = (wall: ContinuousClock.now, processor: processorSeconds())
    for (index, subject) in subjects.enumerated() {
      progress(subject.name, index + 1, subjects.count)
      rows.append(try measure(subject, effort))
    }
    let wall = (ContinuousClock.now - start.wall) / .seconds(1)
    let share = (processorSeconds() - start.processor) / wall
    return Report(
      environment: environment, rows: rows, reference: try reference(rows),
      processorShare: threads == 1 ? min(1, share) : nil)
  }

  /// For how long this process has had a processor.
  private func processorSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private func measure(_ subject: Subject, _ effort: Effort) throws(BenchmarkError) -> Row {
    // Training and sampling share work among threads of their own; here there is one.
    OpenBLAS.threads = subject.kind == .model ? 1 : threads
    var race = Race(try subject.contenders())
    return Row(subject, race.timings(effort))
  }

  /// Products for steps of the model to be compared with, where no product was asked for.
  ///
  /// Small ones: short timings are the fastest, and are seldom interrupted.
  private func reference(_ rows: [Row]) throws(BenchmarkError) -> [Row] {
    if rows.contains(where: { $0.kind == .product }) { return [] }
    var products: [Row] = []
    for size in [64, 128, 256] {
      let subject = ProductShape(.square, size, size, size).subject(threads: threads)
      products.append(try measure(subject, Effort(rounds: 200, seconds: 0.5)))
    }
    return products
  }
}
