/// One of several parts, as equal as may be, into which threads cut what they share.
package struct Part: Sendable, Hashable {
  /// Its number, from 0.
  package let index: Int
  /// How many parts there are.
  package let count: Int

  /// Part `index` of `count`.
  package init(_ index: Int, of count: Int) {
    self.index = index
    self.count = count
  }

  /// The part of `total` things, in multiples of `grain`; all parts together are all things.
  package func range(of total: Int, grain: Int = 1) -> Range<Int> {
    let grains = (total + grain - 1) / grain
    let first = min(total, grains * index / count * grain)
    let last = min(total, grains * (index + 1) / count * grain)
    return first..<last
  }
}
