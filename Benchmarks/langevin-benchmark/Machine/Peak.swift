/// What the processor can do: the rates that all others are percentages of.
struct Peak: Hashable, Codable {
  /// The fastest products, by the number of threads in ascending order.
  let rates: [BestRate]
  /// How far the rate of one thread was above that before all rows, after them, as a part of it.
  let change: Double?

  /// The best of the products among `rows` and of those that were measured for the peak alone,
  /// before and after.
  init(rows: [Row], before: [Row], after: [Row]) {
    let all = rows + before + after
    let counts = Set(all.flatMap { $0.measurements.map(\.threads) })
    rates = counts.sorted().compactMap { .of(all, threads: $0) }
    let first = BestRate.of(before, threads: 1)
    let last = BestRate.of(after, threads: 1)
    change = first.flatMap { first in last.map { $0.gigaflops / first.gigaflops - 1 } }
  }

  /// 10⁹ operations a second on `threads` threads: as measured, or else as many times what one does.
  func gigaflops(threads: Int) -> Double? {
    if let rate = rates.first(where: { $0.threads == threads }) { return rate.gigaflops }
    return rates.first { $0.threads == 1 }.map { $0.gigaflops * Double(threads) }
  }
}
