/// The measured peak rates of the processor, of which the tables show percentages.
struct Peak: Hashable, Codable {
  /// The fastest product for each number of threads, in ascending order of threads.
  let rates: [BestRate]
  /// The relative change of the rate of one thread from before all rows to after them.
  let change: Double?

  /// Creates the peak from the products among `rows`, and those measured for it `before` and `after`.
  init(rows: [Row], before: [Row], after: [Row]) {
    let all = rows + before + after
    let counts = Set(all.flatMap { $0.measurements.map(\.threads) })
    rates = counts.sorted().compactMap { .of(all, threads: $0) }
    let first = BestRate.of(before, threads: 1)
    let last = BestRate.of(after, threads: 1)
    change = first.flatMap { first in last.map { $0.gigaflops / first.gigaflops - 1 } }
  }

  /// Returns the peak on `threads` threads, in 10⁹ operations per second.
  ///
  /// If it was not measured, it is `threads` times the peak of one thread.
  func gigaflops(threads: Int) -> Double? {
    if let rate = rates.first(where: { $0.threads == threads }) { return rate.gigaflops }
    return rates.first { $0.threads == 1 }.map { $0.gigaflops * Double(threads) }
  }
}
