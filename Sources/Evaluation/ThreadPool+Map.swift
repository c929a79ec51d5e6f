import LangevinThreading
import Synchronization

extension ThreadPool {
  /// Returns `body(0)` … `body(count - 1)` in that order, computed on all threads. A free thread takes
  /// the next number.
  func map<Element: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) -> Element
  ) -> [Element] {
    unsafe [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      defer { initialized = count }
      guard let base = buffer.baseAddress else { return }
      let slots = unsafe Slots(base: base)
      let next = Atomic<Int>(0)
      run(min(threads, count)) { _ in
        while true {
          let index = next.add(1, ordering: .relaxed).oldValue
          if index >= count { return }
          unsafe (slots.base + index).initialize(to: body(index))
        }
      }
    }
  }

  /// Divides the rows from 0 to `count - 1` into ranges of `length`, and returns the arrays that `body`
  /// gives for these ranges, concatenated in order.
  func mapRows<Element: Sendable>(
    _ count: Int, runsOf length: Int, _ body: @escaping @Sendable (Range<Int>) -> [Element]
  ) -> [Element] {
    map((count + length - 1) / length) { run in
      body(run * length..<min(count, (run + 1) * length))
    }.flatMap { $0 }
  }
}

/// The memory that the threads write to. Each thread writes to its own elements.
@safe
private struct Slots<Element>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
}
