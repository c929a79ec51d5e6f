/// Numbers in memory that this object owns, zeros at first: for what passes write from several
/// threads, which an array does not allow.
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
