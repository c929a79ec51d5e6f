import Foundation
import LangevinThreading
import Synchronization
import Testing

func sleepBriefly() { usleep(1000) }

/// A pool's threads all work, and end with it.
@Suite struct ThreadLifeTests {
  /// As many tasks as threads, each of which ends only when all have begun.
  @Test(arguments: [2, 3, 5])
  func allThreadsWorkAtOnce(threads: Int) {
    let pool = ThreadPool(threads: threads)
    for _ in 0..<20 {
      let begun = Atomic(0)
      pool.run(threads) { _ in
        begun.add(1, ordering: .relaxed)
        while begun.load(ordering: .relaxed) < threads { sched_yield() }
      }
      #expect(begun.load(ordering: .relaxed) == threads)
    }
  }

  #if os(Linux)
  /// The number of the calling thread: the system tells of it at `/proc/PROCESS/task/NUMBER`.
  private static func thisThread() -> Int {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
    return (link?.split(separator: "/").last).flatMap { Int($0) } ?? 0
  }

  /// Whether they were asleep or awake when the pool went away.
  @Test(arguments: [2, 4], [false, true])
  func threadsEndWithTheirPool(threads: Int, asleep: Bool) {
    let numbers = Slots(threads)
    do {
      let pool = ThreadPool(threads: threads)
      let begun = Atomic(0)
      pool.run(threads) { task in
        numbers[task] = Self.thisThread()
        begun.add(1, ordering: .relaxed)
        while begun.load(ordering: .relaxed) < threads { sched_yield() }
      }
      if asleep { for _ in 0..<20 { sleepBriefly() } }
    }
    let others = Set(numbers.values).subtracting([Self.thisThread()])
    #expect(others.count == threads - 1)
    func alive() -> [Int] {
      others.filter { FileManager.default.fileExists(atPath: "/proc/self/task/\($0)") }
    }
    // Ending takes a thread a moment.
    for _ in 0..<10_000 where !alive().isEmpty { sleepBriefly() }
    #expect(alive() == [])
  }

  /// Not all that are there: a process may be bound to some.
  @Test func processorsAreThoseOfThisProcess() throws {
    let status = try String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") })
    let allowed = line.dropFirst("Cpus_allowed:".count)
      .compactMap(\.hexDigitValue).reduce(0) { $0 + $1.nonzeroBitCount }
    #expect(ThreadPool.availableProcessors == allowed)
  }
  #endif

  @Test func thereIsAtLeastOneProcessor() {
    #expect(ThreadPool.availableProcessors >= 1)
  }
}
