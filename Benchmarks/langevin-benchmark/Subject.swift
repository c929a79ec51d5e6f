/// A piece of work that contenders do side by side: a row of the tables.
struct Subject: Sendable {
  /// What kind of table shows it.
  enum Kind: String, Codable, Sendable {
    /// One matrix product.
    case product
    /// Steps of training or sampling.
    case model
  }

  /// Which table it belongs to.
  let kind: Kind
  /// The first part of its name, which it shares with others.
  let group: String
  /// The second part of its name.
  let detail: String
  /// Floating-point operations of the products in one step.
  let operations: Double
  /// How many steps one run of a contender does.
  let steps: Int
  /// Makes the contenders, with the memory that they need, only when their turn has come.
  let contenders: @Sendable () throws(BenchmarkError) -> [Contender]

  /// What the tables call it, and what a filter looks at.
  var name: String { "\(group) \(detail)" }
}
