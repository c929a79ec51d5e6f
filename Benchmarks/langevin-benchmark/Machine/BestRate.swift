/// The fastest product of a run with a number of threads.
struct BestRate: Hashable, Codable {
  /// The number of threads.
  let threads: Int
  /// The rate, in 10⁹ operations per second.
  let gigaflops: Double
  /// The name of the contender.
  let contender: String
  /// The name of the product's row.
  let row: String

  /// Returns the fastest product among `rows` with `threads` threads; nil if there is no such product.
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
