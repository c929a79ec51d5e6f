import Foundation
import LangevinThreading
import Synchronization
import Testing

/// The assignment of tasks to threads if no thread is free to take another's task: each thread holds its
/// first task until all have started.
@Suite struct AffinityTests {
  /// Returns the number of the calling thread.
  private static func thisThread() -> Int {
    #if canImport(Darwin)
    unsafe Int(bitPattern: pthread_self())
    #else
    Int(bitPattern: pthread_self())
    #endif
  }

  /// Runs a job and returns the thread of each task.
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

  /// A task runs on the same thread in each job, whether the thread is awake or asleep when the job
  /// starts.
  @Test(arguments: [2, 3, 5])
  func tasksKeepTheirThread(threads: Int) {
    let pool = ThreadPool(threads: threads)
    let first = threadsOfTasks(threads, on: pool)
    #expect(Set(first).count == threads)
    #expect(first[0] == Self.thisThread())
    for job in 0..<50 {
      if job % 10 == 0 { for _ in 0..<5 { sleepBriefly() } }
      #expect(threadsOfTasks(threads, on: pool) == first)
    }
  }

  /// With more tasks than threads, task i runs on the thread of task i modulo the number of threads.
  @Test(arguments: [2, 3, 5], [1, 4, 17])
  func furtherTasksFollowTheFirst(threads: Int, more: Int) {
    let pool = ThreadPool(threads: threads)
    let first = threadsOfTasks(threads, on: pool)
    for _ in 0..<20 {
      let owners = threadsOfTasks(threads + more, on: pool)
      #expect(owners == owners.indices.map { first[$0 % threads] })
    }
  }

  /// Other threads take the tasks of threads that start late, also if there are more threads than
  /// processors.
  @Test(arguments: [2, 3, 8])
  func otherThreadsTakeRemainingTasks(threads: Int) {
    let pool = ThreadPool(threads: threads)
    let slots = Slots(3 * threads)
    for job in 1...200 {
      // Includes fewer tasks than threads.
      let tasks = job % (3 * threads) + 1
      pool.run(tasks) { slots[$0] += 1 }
    }
    for task in 0..<3 * threads {
      #expect(slots[task] == (1...200).count { $0 % (3 * threads) >= task })
    }
  }
}
