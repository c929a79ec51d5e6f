import Diffusion
package import LinearAlgebra
package import Tables

extension RunConfiguration {
  /// Returns the contexts of `count` samples, one per row; nil if the model has no conditions.
  ///
  /// - Parameters:
  ///   - count: The number of samples.
  ///   - conditions: A category for some or all conditions of the model; the others are as frequent as in the
  ///     data.
  ///   - seed: The seed that draws the other conditions.
  /// - Throws: `TableError` if the model has no such condition or category.
  package func contexts(
    count: Int, where conditions: [String: String] = [:], seed: UInt64
  ) throws(TableError) -> Matrix<Float>? {
    guard let table, table.contextWidth > 0 else {
      if let name = conditions.keys.min() { throw .withoutConditions(name) }
      return nil
    }
    return try table.contexts(
      count: count, where: conditions, random: RandomPurpose.contexts.stream(seed: seed))
  }
}
