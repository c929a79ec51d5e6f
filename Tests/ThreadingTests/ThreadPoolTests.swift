import Foundation
import LangevinThreading
import Testing

/// Each task of each job runs exactly once, and has ended when `run` returns.
@Suite struct ThreadPoolTests {
  @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 3, 7, 100, 5000])
  func runsEachTaskOnce(threads: Int, tasks: Int) {
    let pool = ThreadPool(threads: threads)
    #expect(pool.threads == threads)
    let slots = Slots(tasks)
    pool.run(tasks) { slots[$0] += 1 }
    #expect(slots.values == [Int](repeating: 1, count: tasks))
  }

  /// Threads that have just finished a job and threads that are asleep both take part in the next.
  @Test(arguments: [(2, 40_000), (3, 10_000)])
  func runsManySmallJobs(threads: Int, jobs: Int) {
    let pool = ThreadPool(threads: threads)
    let slots = Slots(4)
    for job in 0..<jobs {
      if job % 2000 == 0 { sleepBriefly() }
      pool.run(job % 4 + 1) { slots[$0] += 1 }
    }
    #expect(slots.values == [jobs, jobs / 4 * 3, jobs / 4 * 2, jobs / 4])
  }

  /// Any thread of a job sees what the previous job wrote.
  @Test(arguments: [1, 2, 5])
  func jobsSeeEarlierWrites(threads: Int) {
    let pool = ThreadPool(threads: threads)
    let count = 64
    var (source, target) = (Slots(count), Slots(count))
    for i in 0..<count { source[i] = i }
    for _ in 0..<count {
      let (from, to) = (source, target)
      pool.run(count) { to[$0] = from[($0 + 1) % count] }
      swap(&source, &target)
    }
    #expect(source.values == Array(0..<count))
    #expect(source.values != target.values)
  }

  @Test func callersTakeTurns() async {
    let pool = ThreadPool(threads: 2)
    let (callers, jobs, tasks) = (4, 500, 3)
    let slots = Slots(callers * tasks)
    let shared = Slots(tasks)
    await withTaskGroup(of: Void.self) { group in
      for caller in 0..<callers {
        group.addTask {
          for _ in 0..<jobs {
            pool.run(tasks) {
              slots[caller * tasks + $0] += 1
              // Only one job runs at a time, so this is not a race.
              shared[$0] += 1
            }
          }
        }
      }
    }
    #expect(slots.values == [Int](repeating: jobs, count: callers * tasks))
    #expect(shared.values == [Int](repeating: callers * jobs, count: tasks))
  }

  @Test func poolsWorkWithinPools() {
    let (outer, inner) = (ThreadPool(threads: 3), ThreadPool(threads: 2))
    let slots = Slots(6 * 5)
    for _ in 0..<200 {
      outer.run(6) { i in
        inner.run(5) { j in slots[i * 5 + j] += 1 }
      }
    }
    #expect(slots.values == [Int](repeating: 200, count: 30))
  }

  /// The pool releases the body and its captures after the job.
  @Test(arguments: [1, 2])
  func releasesTheBody(threads: Int) {
    let pool = ThreadPool(threads: threads)
    weak var remembered: Slots?
    do {
      let slots = Slots(10)
      remembered = slots
      pool.run(10) { slots[$0] = $0 }
    }
    // A thread may still be returning from its last task.
    for _ in 0..<1000 where remembered != nil { sleepBriefly() }
    #expect(remembered == nil)
  }

  @Test func rejectsInvalidCountsAndNestedJobs() async {
    await #expect(processExitsWith: .failure) { _ = ThreadPool(threads: 0) }
    await #expect(processExitsWith: .failure) { ThreadPool(threads: 2).run(-1) { _ in } }
    await #expect(processExitsWith: .failure) {
      // The other thread is slow, so the caller's thread takes some of these tasks and would wait for
      // itself.
      let pool = ThreadPool(threads: 2)
      let caller = pthread_self()
      pool.run(1000) { _ in
        if pthread_equal(caller, pthread_self()) != 0 { pool.run(2) { _ in } }
        sleepBriefly()
      }
    }
  }
}
