/// The fastest product of a run on a number of threads.
struct BestRate: Hashable, Codable {
  /// How many threads.
  let threads: Int
  /// 10⁹ operations a second.
  let gigaflops: Double
  /// Whose.
  let contender: String
  /// At which product.
  let row: String

  /// The best of the products among `rows`, on `threads` threads; nil if there is none.
  static func of(_ rows: [Row], threads: Int) -> BestRate? {
    var best: BestRate?
    for row in rows where row.section == .kernels {
      for measurement in row.measurements where measurement.threads == threads {
        guard let rate = measurement.gigaflops, rate > best?.gigaflops ?? 0 else { continue }
        best = BestRate(
          threads: threads, gigaflops: rate, contender: measurement.contender, row: row.name)
      }
    }
    return best
  }
}
