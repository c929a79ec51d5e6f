internal import CLangevinMachine
import LangevinPreconditions
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A pool of threads that wait for work: they spin for some microseconds, then sleep.
///
/// ``run(_:_:)`` assigns tasks by number. Task i goes to thread i, modulo the number of threads, if that
/// thread is awake: the same task of the next job then finds its data in the processor's cache. Otherwise
/// another thread takes the task.
///
/// Each task must write to its own memory. For the same bits with any number of threads, divide the work so
/// that a task's result does not depend on the division.
package final class ThreadPool: Sendable {
  /// The number of threads that work on a job, including the caller's.
  ///
  /// It is lower than requested if the system refuses threads.
  package let threads: Int
  private let shared: Shared?
  /// The cache lines for measuring the cost of shared writes.
  let sharedLines: SharedLines?

  /// Creates a pool of `threads` threads, one of which is the caller's.
  ///
  /// If the system refuses some of them, for example under `ulimit -u` or `-v`, the pool has only the others,
  /// at least the caller's.
  package init(threads: Int) {
    require(threads > 0, "ThreadPool: the number of threads (\(threads)) must be positive")
    let shared = threads > 1 ? Shared(threads: threads) : nil
    self.threads = shared?.start() ?? 1
    self.shared = self.threads > 1 ? shared : nil
    sharedLines = self.threads > 1 ? SharedLines() : nil
  }

  deinit { shared?.stop() }

  /// The numbers of threads that users may choose.
  package static let choices = 1...1024

  /// The number of processors that this process may use.
  ///
  /// CPU affinity (`taskset`) or a container's CPU quota, rounded up, may make it less than the number of
  /// processors of the system.
  package static var availableProcessors: Int { ProcessorShare.current.threads }

  /// Runs `body(0)` … `body(tasks - 1)`, in any order, on all threads, and returns when all have finished.
  ///
  /// It allocates nothing. Concurrent callers take turns. A body must not call `run` of the same pool.
  package func run(_ tasks: Int, _ body: @escaping @Sendable (Int) -> Void) {
    require(
      tasks >= 0 && tasks <= UInt32.max,
      "ThreadPool: the number of tasks (\(tasks)) is not from 0 to 2³² - 1")
    guard let shared, tasks > 1 else {
      for task in 0..<tasks { body(task) }
      return
    }
    shared.turn.withLock { shared.run(tasks, body) }
  }
}

/// The state that the threads of a pool share.
@safe
private final class Shared: @unchecked Sendable {
  /// The number of threads, set before the first job and read in jobs.
  private var threads: Int
  /// The number of elements of `claims`.
  private let capacity: Int
  /// The number of the current or last job.
  private let job = Atomic<Int>(0)
  /// For each thread, the last job for which its tasks have been claimed.
  ///
  /// A claim for job n succeeds only if the value is n - 1, so no thread claims tasks of a finished job.
  private let claims: UnsafeMutablePointer<Atomic<Int>>
  /// The number of threads whose tasks are not finished.
  private let unfinished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let stopping = Atomic<Bool>(false)
  private var tasks = 0
  /// The body of the job. Like `tasks`, it is written before `job` and read by threads that hold a claim.
  private var body: @Sendable (Int) -> Void = { _ in }
  /// The lock that the caller of the current job holds.
  let turn = SystemMutex(misuse: "ThreadPool: a body calls run of its own pool")
  /// Guards the threads' going to sleep.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  /// The number of spins before sleeping: about ten microseconds, as long as the serial parts of a training
  /// step.
  private static let spins = 4000

  init(threads: Int) {
    self.threads = threads
    capacity = threads
    unsafe claims = .allocate(capacity: threads)
    for thread in 0..<threads { unsafe (claims + thread).initialize(to: Atomic(0)) }
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe pthread_cond_destroy(condition)
    unsafe mutex.deallocate()
    unsafe condition.deallocate()
    unsafe claims.deinitialize(count: capacity)
    unsafe claims.deallocate()
  }

  /// Starts threads until the system refuses one; returns the number of threads, including the caller's.
  func start() -> Int {
    let granted = (1..<threads).first { !start($0) }
    threads = granted ?? threads
    return threads
  }

  /// Starts thread `number`; returns whether the system allowed it.
  private func start(_ number: Int) -> Bool {
    let member = unsafe Unmanaged.passRetained(Member(self, number))
    #if canImport(Darwin)
    var thread: pthread_t?
    let status = unsafe pthread_create(&thread, nil, { work($0) }, member.toOpaque())
    if status == 0, let thread = unsafe thread { pthread_detach(thread) }
    #else
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        if let argument = unsafe argument { return unsafe work(argument) }
        return nil
      }, member.toOpaque())
    if status == 0 { pthread_detach(thread) }
    #endif
    if status != 0 { unsafe member.release() }
    return status == 0
  }

  func run(_ tasks: Int, _ body: @escaping @Sendable (Int) -> Void) {
    self.tasks = tasks
    self.body = body
    unfinished.store(threads, ordering: .relaxed)
    let number = job.load(ordering: .relaxed) + 1
    job.store(number, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
      unsafe pthread_mutex_lock(mutex)
      unsafe pthread_cond_broadcast(condition)
      unsafe pthread_mutex_unlock(mutex)
    }
    takeTasks(of: number, as: 0)
    var spins = 0
    while unfinished.load(ordering: .acquiring) > 0 {
      spins += 1
      if spins < Self.spins { langevin_pause() } else { sched_yield() }
    }
    self.body = { _ in }
  }

  /// Runs the tasks of job `number` that are assigned to thread `member`, then any unclaimed tasks.
  private func takeTasks(of number: Int, as member: Int) {
    for offset in 0..<threads {
      let thread = (member + offset) % threads
      let (claimed, _) = unsafe claims[thread].compareExchange(
        expected: number - 1, desired: number, ordering: .acquiringAndReleasing)
      if !claimed { continue }
      for task in stride(from: thread, to: tasks, by: threads) { body(task) }
      // A kernel may have written past the caches. The fence waits, so it is here and not in each kernel.
      langevin_streaming_fence()
      unfinished.subtract(1, ordering: .releasing)
    }
  }

  func workUntilStopped(as member: Int) {
    var last = 0
    var spins = 0
    while !stopping.load(ordering: .acquiring) {
      let number = job.load(ordering: .acquiring)
      if number != last {
        takeTasks(of: number, as: member)
        last = number
        spins = 0
      } else if spins < Self.spins {
        spins += 1
        langevin_pause()
      } else {
        sleep(after: last)
        spins = 0
      }
    }
  }

  private func sleep(after last: Int) {
    unsafe pthread_mutex_lock(mutex)
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while job.load(ordering: .sequentiallyConsistent) == last
      && !stopping.load(ordering: .acquiring)
    {
      unsafe pthread_cond_wait(condition, mutex)
    }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
    unsafe pthread_mutex_unlock(mutex)
  }

  func stop() {
    unsafe pthread_mutex_lock(mutex)
    stopping.store(true, ordering: .releasing)
    unsafe pthread_cond_broadcast(condition)
    unsafe pthread_mutex_unlock(mutex)
  }
}

/// A thread of a pool other than the caller's.
private final class Member: Sendable {
  private let shared: Shared
  private let number: Int

  init(_ shared: Shared, _ number: Int) {
    self.shared = shared
    self.number = number
  }

  func work() { shared.workUntilStopped(as: number) }
}

private func work(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  unsafe Unmanaged<Member>.fromOpaque(argument).takeRetainedValue().work()
  return nil
}
