/// A buffer of numbers, initially zero, that several threads may write at once.
///
/// An array does not allow that.
@safe
final class NumberBuffer<Number: BitwiseCopyable & Numeric>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Number>
  let count: Int

  init(count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: count)
    unsafe base.initialize(repeating: 0, count: count)
  }

  deinit { unsafe base.deallocate() }
}
