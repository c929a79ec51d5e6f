import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension ThreadPool {
  /// Returns the time to rewrite a cache line that another thread of this pool has read, in nanoseconds.
  ///
  /// The time depends on where the system, or the host of a virtual machine, has placed the threads, and may
  /// change while they run: one machine gave 7 and 28 ns within minutes.
  ///
  /// The measurement takes some tens of microseconds and allocates nothing. The result is 0 if there is only
  /// one thread, or if the other threads do not start at once.
  package func costOfSharedWrites() -> Double { sharedLines?.cost(in: self) ?? 0 }
}

/// Cache lines that one thread writes and another reads.
@safe
final class SharedLines: @unchecked Sendable {
  private static let count = 256
  private static let wordsPerLine = 8
  private static let rounds = 8

  /// Whether a thread other than the writer has read all lines.
  private let isRead = Atomic<Bool>(false)
  private let memory: UnsafeMutablePointer<Int>
  /// The costs of the rounds of one measurement, in ascending order.
  private let costs: UnsafeMutablePointer<Double>
  private let turn = SystemMutex(misuse: "ThreadPool: a body measures its own pool")
  /// The thread that measures.
  private var writer = pthread_self()
  private var sum = 0
  private var task: @Sendable (Int) -> Void = { _ in }

  init() {
    unsafe memory = .allocate(capacity: Self.count * Self.wordsPerLine)
    unsafe memory.initialize(repeating: 0, count: Self.count * Self.wordsPerLine)
    unsafe costs = .allocate(capacity: Self.rounds)
    unsafe costs.initialize(repeating: 0, count: Self.rounds)
    task = { [unowned self] in $0 == 1 ? read() : waitForReader() }
  }

  deinit {
    unsafe memory.deallocate()
    unsafe costs.deallocate()
  }

  /// Returns the median cost over the rounds, in nanoseconds per line.
  func cost(in pool: ThreadPool) -> Double {
    turn.withLock {
      writer = pthread_self()
      var count = 0
      for _ in 0..<Self.rounds {
        isRead.store(false, ordering: .relaxed)
        pool.run(2, task)
        if !isRead.load(ordering: .acquiring) { continue }
        let start = ContinuousClock.now
        write()
        let cost = (ContinuousClock.now - start) / .nanoseconds(Self.count)
        var place = count
        while unsafe place > 0 && costs[place - 1] > cost {
          unsafe costs[place] = costs[place - 1]
          place -= 1
        }
        unsafe costs[place] = cost
        count += 1
      }
      return unsafe count == 0 ? 0 : costs[count / 2]
    }
  }

  private func write() {
    for line in 0..<Self.count { unsafe memory[line * Self.wordsPerLine] += 1 }
  }

  private func read() {
    for line in 0..<Self.count { unsafe sum &+= memory[line * Self.wordsPerLine] }
    if pthread_equal(pthread_self(), writer) == 0 { isRead.store(true, ordering: .releasing) }
  }

  /// Waits briefly for the reader.
  ///
  /// Otherwise this thread might take the reader's task. It does not wait longer, because the reader may have
  /// no processor.
  private func waitForReader() {
    var patience = 20_000
    while !isRead.load(ordering: .acquiring) && patience > 0 { patience -= 1 }
  }
}
