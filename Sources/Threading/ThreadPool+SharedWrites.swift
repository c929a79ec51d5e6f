import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension ThreadPool {
  /// How many nanoseconds it takes to write a cache line again that another thread of this pool has
  /// read. It depends on where the system, or the host of a virtual machine, has put the threads,
  /// and may change while they run: on one machine, 7 and 28 were measured within minutes.
  ///
  /// Measuring takes some tens of microseconds. 0 if there is one thread, or if the others do not
  /// get to work at once.
  public func costOfSharedWrites() -> Double {
    if threads == 1 { return 0 }
    let lines = Lines()
    var costs: [Double] = []
    for _ in 0..<8 {
      lines.isRead.store(false, ordering: .relaxed)
      run(2) { task in
        if task == 1 { return lines.read(by: pthread_self()) }
        // Waits, lest this thread does the other's task; but not for one that has no processor.
        var patience = 20_000
        while !lines.isRead.load(ordering: .acquiring) && patience > 0 { patience -= 1 }
      }
      if !lines.isRead.load(ordering: .acquiring) { continue }
      let start = ContinuousClock.now
      lines.write()
      costs.append((ContinuousClock.now - start) / .nanoseconds(Lines.count))
    }
    return costs.isEmpty ? 0 : costs.sorted()[costs.count / 2]
  }
}

/// Cache lines that one thread writes and another reads.
@safe
private final class Lines: @unchecked Sendable {
  static let count = 256
  private static let wordsPerLine = 8

  /// Whether another thread than the writer has read them all.
  let isRead = Atomic<Bool>(false)
  private let memory: UnsafeMutablePointer<Int>
  private let writer = pthread_self()
  private var sum = 0

  init() {
    unsafe memory = .allocate(capacity: Self.count * Self.wordsPerLine)
    unsafe memory.initialize(repeating: 0, count: Self.count * Self.wordsPerLine)
  }

  deinit { unsafe memory.deallocate() }

  func write() {
    for line in 0..<Self.count { unsafe memory[line * Self.wordsPerLine] += 1 }
  }

  func read(by reader: pthread_t) {
    for line in 0..<Self.count { unsafe sum &+= memory[line * Self.wordsPerLine] }
    if pthread_equal(reader, writer) == 0 { isRead.store(true, ordering: .releasing) }
  }
}
