/// One of several parts, as equal as may be, into which threads cut what they share.
public struct Part: Sendable, Hashable {
  /// Its number, from 0.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// Part `index` of `count`.
  public init(_ index: Int, of count: Int) {
    self.index = index
    self.count = count
  }

  /// The part of `total` things, in multiples of `grain`; all parts together are all things.
  public func range(of total: Int, grain: Int = 1) -> Range<Int> {
    let grains = (total + grain - 1) / grain
    let first = min(total, grains * index / count * grain)
    let last = min(total, grains * (index + 1) / count * grain)
    return first..<last
  }
}
