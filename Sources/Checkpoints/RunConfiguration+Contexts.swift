import Diffusion
package import LinearAlgebra
package import Tables

extension RunConfiguration {
  /// What each of `count` samples is drawn under; nil if the model is told nothing.
  ///
  /// - Parameters:
  ///   - count: How many samples.
  ///   - conditions: A category for some or all of the columns that the model is told; unless chosen, they
  ///     are as often as in the data.
  ///   - seed: What chooses those.
  /// - Throws: `TableError` if the model is told no such column, or knows no such category.
  package func contexts(
    count: Int, where conditions: [String: String] = [:], seed: UInt64
  ) throws(TableError) -> Matrix? {
    guard let table, table.contextWidth > 0 else {
      if let name = conditions.keys.min() { throw .withoutConditions(name) }
      return nil
    }
    return try table.contexts(
      count: count, where: conditions, random: RandomPurpose.contexts.stream(seed: seed))
  }
}
