import Foundation
import LangevinThreading
import Synchronization
import Testing

/// Which thread does which task, where no thread is free to do another's: each holds on to its first
/// task until all have begun.
@Suite struct AffinityTests {
  /// The calling thread's number.
  private static func thisThread() -> Int {
    #if canImport(Darwin)
    unsafe Int(bitPattern: pthread_self())
    #else
    Int(bitPattern: pthread_self())
    #endif
  }

  /// Runs a job; says which thread did each task.
  private func threadsOfTasks(_ tasks: Int, on pool: ThreadPool) -> [Int] {
    let (done, owners) = (Slots(tasks), Slots(tasks))
    let begun = Atomic(0)
    let threads = pool.threads
    pool.run(tasks) { task in
      done[task] += 1
      owners[task] = Self.thisThread()
      if task >= threads { return }
      begun.add(1, ordering: .relaxed)
      while begun.load(ordering: .relaxed) < threads { sched_yield() }
    }
    #expect(done.values == [Int](repeating: 1, count: tasks))
    return owners.values
  }

  /// The same thread in each job, be it awake or asleep when the job comes.
  @Test(arguments: [2, 3, 5])
  func taskIsOfItsThread(threads: Int) {
    let pool = ThreadPool(threads: threads)
    let first = threadsOfTasks(threads, on: pool)
    #expect(Set(first).count == threads)
    #expect(first[0] == Self.thisThread())
    for job in 0..<50 {
      if job % 10 == 0 { for _ in 0..<5 { sleepBriefly() } }
      #expect(threadsOfTasks(threads, on: pool) == first)
    }
  }

  /// Of more tasks, a thread does those that follow its first at the distance of the threads' number.
  @Test(arguments: [2, 3, 5], [1, 4, 17])
  func furtherTasksFollowTheFirst(threads: Int, more: Int) {
    let pool = ThreadPool(threads: threads)
    let first = threadsOfTasks(threads, on: pool)
    for _ in 0..<20 {
      let owners = threadsOfTasks(threads + more, on: pool)
      #expect(owners == owners.indices.map { first[$0 % threads] })
    }
  }

  /// Threads that come late, or are more than there are processors, leave their tasks to others.
  @Test(arguments: [2, 3, 8])
  func othersTakeWhatIsLeft(threads: Int) {
    let pool = ThreadPool(threads: threads)
    let slots = Slots(3 * threads)
    for job in 1...200 {
      // Fewer tasks than threads, too.
      let tasks = job % (3 * threads) + 1
      pool.run(tasks) { slots[$0] += 1 }
    }
    for task in 0..<3 * threads {
      #expect(slots[task] == (1...200).count { $0 % (3 * threads) >= task })
    }
  }
}
