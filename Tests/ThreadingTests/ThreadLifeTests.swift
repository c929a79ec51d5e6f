import Foundation
import LangevinThreading
import Synchronization
import Testing

func sleepBriefly() { usleep(1000) }

/// All threads of a pool work, and end with the pool.
@Suite struct ThreadLifeTests {
  /// Runs one task per thread; each task ends only after all have started.
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
  /// Returns the number of the calling thread, as in `/proc/PROCESS/task/NUMBER`.
  private static func thisThread() -> Int {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
    return (link?.split(separator: "/").last).flatMap { Int($0) } ?? 0
  }

  /// Covers threads that are asleep and threads that are awake when the pool is deallocated.
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
    // A thread needs a moment to end.
    for _ in 0..<10_000 where !alive().isEmpty { sleepBriefly() }
    #expect(alive() == [])
  }

  /// Counts only the processors to which the process is bound.
  @Test func availableProcessorsMatchTheAffinity() throws {
    let status = try String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") })
    let allowed = line.dropFirst("Cpus_allowed:".count)
      .compactMap(\.hexDigitValue).reduce(0) { $0 + $1.nonzeroBitCount }
    #expect(ThreadPool.availableProcessors == allowed)
  }
  #endif

  @Test func atLeastOneProcessorIsAvailable() {
    #expect(ThreadPool.availableProcessors >= 1)
  }
}
