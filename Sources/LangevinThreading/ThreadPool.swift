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

/// Threads that wait for work: they spin for some microseconds, then sleep.
///
/// ``run(_:_:)`` hands out tasks by number. Task i goes to thread i, modulo their number, where that is
/// awake: what a task of one job left in a processor's cache, the same task of the next job finds
/// there. Otherwise another thread takes it. Tasks must write to memory of their own, and whoever
/// wants the same bits for any number of threads cuts the work such that a task's result does not
/// depend on the cut.
package final class ThreadPool: Sendable {
  /// How many threads work on a job, the caller's included: as many as were asked for, or as the
  /// system grants.
  package let threads: Int
  private let shared: Shared?
  /// What the cost of shared writes is measured with.
  let sharedLines: SharedLines?

  /// A pool of `threads` threads, of which the caller's is one.
  ///
  /// If the system refuses some of them, as under `ulimit -u` or `-v`, the pool has those that it grants,
  /// at least the caller's.
  package init(threads: Int) {
    require(threads > 0, "ThreadPool: \(threads) is not a number of threads")
    let shared = threads > 1 ? Shared(threads: threads) : nil
    self.threads = shared?.start() ?? 1
    self.shared = self.threads > 1 ? shared : nil
    sharedLines = self.threads > 1 ? SharedLines() : nil
  }

  deinit { shared?.stop() }

  /// The number of processors that this process may use: fewer than there are if it is bound to
  /// some, as `taskset` does, or if a container's CPU quota allows less, rounded up.
  package static var availableProcessors: Int { ProcessorShare.current.threads }

  /// Runs `body(0)` … `body(tasks - 1)`, in any order, on all threads; returns when all are done.
  ///
  /// This allocates nothing. Jobs of several callers take turns; a body must not call `run` of the
  /// same pool.
  package func run(_ tasks: Int, _ body: @escaping @Sendable (Int) -> Void) {
    require(
      tasks >= 0 && tasks <= UInt32.max, "ThreadPool: \(tasks) is not a number of tasks")
    guard let shared, tasks > 1 else {
      for task in 0..<tasks { body(task) }
      return
    }
    shared.turn.withLock { shared.run(tasks, body) }
  }
}

/// What the threads of a pool have in common.
@safe
private final class Shared: @unchecked Sendable {
  /// Set before the first job, and read in jobs.
  private var threads: Int
  /// The number of claims.
  private let capacity: Int
  /// The number of the job in hand, or of the last one.
  private let job = Atomic<Int>(0)
  /// For each thread, the last job whose tasks for it somebody has claimed. Whoever claims them for
  /// job n finds n - 1 there: nobody claims tasks of a job that is over.
  private let claims: UnsafeMutablePointer<Atomic<Int>>
  /// For how many threads the tasks have not been done.
  private let unfinished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let stopping = Atomic<Bool>(false)
  private var tasks = 0
  /// Written, as `tasks` is, before the number of the job; read by those who hold a claim of it.
  private var body: @Sendable (Int) -> Void = { _ in }
  /// Held by the caller whose job it is.
  let turn = SystemMutex(misuse: "ThreadPool: a body calls run of its own pool")
  /// Guards falling asleep.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  /// Some ten microseconds: the length of the serial parts of a training step.
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

  /// Starts threads until the system refuses one; returns how many there are, the caller's included.
  func start() -> Int {
    let granted = (1..<threads).first { !start($0) }
    threads = granted ?? threads
    return threads
  }

  /// Starts thread `number`; returns whether the system grants it.
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

  /// Does the tasks of job `number` that are for thread `member`, then those that nobody has claimed.
  private func takeTasks(of number: Int, as member: Int) {
    for offset in 0..<threads {
      let thread = (member + offset) % threads
      let (claimed, _) = unsafe claims[thread].compareExchange(
        expected: number - 1, desired: number, ordering: .acquiringAndReleasing)
      if !claimed { continue }
      for task in stride(from: thread, to: tasks, by: threads) { body(task) }
      // Once a job, since it waits: a kernel may have written past the caches.
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

/// A thread of a pool but the caller's.
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
