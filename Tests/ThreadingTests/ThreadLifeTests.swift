import Foundation
import Synchronization
import Testing
import Threading

func sleepBriefly() { usleep(1000) }

/// A pool's threads all work, and end with it.
@Suite struct ThreadLifeTests {
  /// As many tasks as threads, each of which ends only when all have begun.
  @Test(arguments: [2, 3, 5])
  func allThreadsWorkAtOnce(threads: Int) {
    let pool = ThreadPool(threads: threads)
    for _ in 0..<20 {
      let begun = Mutex(0)
      pool.run(threads) { _ in
        begun.withLock { $0 += 1 }
        while begun.withLock({ $0 }) < threads { sched_yield() }
      }
      #expect(begun.withLock { $0 } == threads)
    }
  }

  #if os(Linux)
  /// Where the system tells of the calling thread: `/proc/PROCESS/task/THREAD`.
  private static func folderOfThisThread() -> String {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
    return "/proc/\(link ?? "")"
  }

  /// Whether they were asleep or awake when the pool went away.
  @Test(arguments: [2, 4], [false, true])
  func threadsEndWithTheirPool(threads: Int, asleep: Bool) {
    let folders = Mutex<Set<String>>([])
    do {
      let pool = ThreadPool(threads: threads)
      pool.run(threads) { _ in
        let folder = Self.folderOfThisThread()
        folders.withLock { _ = $0.insert(folder) }
        while folders.withLock({ $0.count }) < threads { sched_yield() }
      }
      if asleep { for _ in 0..<20 { sleepBriefly() } }
    }
    let others = folders.withLock { $0 }.subtracting([Self.folderOfThisThread()])
    #expect(others.count == threads - 1)
    func alive() -> [String] { others.filter { FileManager.default.fileExists(atPath: $0) } }
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
