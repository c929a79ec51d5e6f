/// The fastest product of a run: what the processor can do.
struct BestRate: Hashable, Codable {
  /// 10⁹ operations a second.
  let gigaflops: Double
  /// Whose.
  let contender: String
  /// At which product.
  let row: String

  /// The best of `rows`, among contenders with one thread if `oneThread`; nil if there is none.
  static func of(_ rows: [Row], oneThread: Bool = false) -> BestRate? {
    var best: BestRate?
    for row in rows where row.kind == .product {
      for measurement in row.measurements where !oneThread || measurement.threads == 1 {
        guard let rate = measurement.gigaflops, rate > best?.gigaflops ?? 0 else { continue }
        best = BestRate(gigaflops: rate, contender: measurement.contender, row: row.name)
      }
    }
    return best
  }
}
