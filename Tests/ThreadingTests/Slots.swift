/// Plain memory in which each task writes its own slot, so that Thread Sanitizer can check the
/// guarantees of a pool.
@safe
final class Slots: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Int>
  private let count: Int

  init(_ count: Int) {
    unsafe base = .allocate(capacity: count)
    unsafe base.initialize(repeating: 0, count: count)
    self.count = count
  }

  deinit { unsafe base.deallocate() }

  subscript(index: Int) -> Int {
    get {
      precondition(index >= 0 && index < count)
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count)
      unsafe base[index] = newValue
    }
  }

  var values: [Int] { (0..<count).map { self[$0] } }
}
