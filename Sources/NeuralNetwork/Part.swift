/// One of several nearly equal parts of work that threads share.
package struct Part: Sendable, Hashable {
  /// The number of this part, from 0.
  package let index: Int
  /// The number of parts.
  package let count: Int

  /// Creates part `index` of `count`.
  package init(_ index: Int, of count: Int) {
    self.index = index
    self.count = count
  }

  /// Returns the items of this part out of `total`, split at multiples of `grain`.
  ///
  /// All parts together cover all items.
  package func range(of total: Int, grain: Int = 1) -> Range<Int> {
    let grains = (total + grain - 1) / grain
    let first = min(total, grains * index / count * grain)
    let last = min(total, grains * (index + 1) / count * grain)
    return first..<last
  }
}
