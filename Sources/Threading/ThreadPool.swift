internal import CPUFeatures
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
/// ``run(_:_:)`` hands out tasks by number. Which thread takes which is not fixed; tasks must write
/// to memory of their own, and whoever wants the same bits for any number of threads cuts the
/// work such that a task's result does not depend on the cut.
public final class ThreadPool: Sendable {
  /// How many threads work on a job, the caller's included.
  public let threads: Int
  private let shared: Shared?

  /// A pool of `threads` threads, of which the caller's is one.
  public init(threads: Int) {
    precondition(threads > 0, "ThreadPool: \(threads) is not a number of threads")
    self.threads = threads
    if threads == 1 {
      shared = nil
    } else {
      let shared = Shared()
      self.shared = shared
      for _ in 1..<threads { shared.start() }
    }
  }

  deinit { shared?.stop() }

  /// The number of processors that this process may use: fewer than there are if it is bound to
  /// some, as `taskset` does.
  public static var availableProcessors: Int {
    let allowed = Int(langevin_allowed_processors())
    return allowed > 0 ? allowed : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  /// Runs `body(0)` … `body(tasks - 1)`, in any order, on all threads; returns when all are done.
  ///
  /// This allocates nothing. Jobs of several callers take turns; a body must not call `run` of the
  /// same pool.
  public func run(_ tasks: Int, _ body: @escaping @Sendable (Int) -> Void) {
    precondition(
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
  /// The number of the job in the high half, how many of its tasks are unclaimed in the low half:
  /// one word, so that nobody claims a task of a job that is over.
  private let ticket = Atomic<UInt64>(0)
  private let unfinished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let stopping = Atomic<Bool>(false)
  /// Written before the ticket is, read by those who hold a task of it.
  private var body: @Sendable (Int) -> Void = { _ in }
  /// Held by the caller whose job it is.
  let turn = SystemMutex(misuse: "ThreadPool: a body calls run of its own pool")
  /// Guards falling asleep.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  /// Some ten microseconds: the length of the serial parts of a training step.
  private static let spins = 4000

  init() {
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
  }

  func start() {
    let argument = unsafe Unmanaged.passRetained(self).toOpaque()
    #if canImport(Darwin)
    var thread: pthread_t?
    let status = unsafe pthread_create(&thread, nil, { work($0) }, argument)
    guard status == 0, let thread = unsafe thread else {
      preconditionFailure("ThreadPool: the system refuses another thread")
    }
    #else
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        if let argument = unsafe argument { return unsafe work(argument) }
        return nil
      }, argument)
    precondition(status == 0, "ThreadPool: the system refuses another thread (error \(status))")
    #endif
    pthread_detach(thread)
  }

  func run(_ tasks: Int, _ body: @escaping @Sendable (Int) -> Void) {
    self.body = body
    unfinished.store(tasks, ordering: .relaxed)
    let number = (ticket.load(ordering: .relaxed) >> 32) &+ 1
    ticket.store(number << 32 | UInt64(tasks), ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
      unsafe pthread_mutex_lock(mutex)
      unsafe pthread_cond_broadcast(condition)
      unsafe pthread_mutex_unlock(mutex)
    }
    while takeTask() {}
    var spins = 0
    while unfinished.load(ordering: .acquiring) > 0 {
      spins += 1
      if spins < Self.spins { langevin_pause() } else { sched_yield() }
    }
    self.body = { _ in }
  }

  /// Claims a task and does it; false if there is none.
  private func takeTask() -> Bool {
    var current = ticket.load(ordering: .acquiring)
    while current & 0xffff_ffff > 0 {
      let (claimed, original) = ticket.weakCompareExchange(
        expected: current, desired: current - 1, ordering: .acquiringAndReleasing)
      if claimed {
        body(Int(current & 0xffff_ffff) - 1)
        unfinished.subtract(1, ordering: .releasing)
        return true
      }
      current = original
    }
    return false
  }

  func workUntilStopped() {
    var spins = 0
    while !stopping.load(ordering: .acquiring) {
      if takeTask() {
        spins = 0
      } else if spins < Self.spins {
        spins += 1
        langevin_pause()
      } else {
        sleep()
        spins = 0
      }
    }
  }

  private func sleep() {
    unsafe pthread_mutex_lock(mutex)
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while ticket.load(ordering: .sequentiallyConsistent) & 0xffff_ffff == 0
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

private func work(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  unsafe Unmanaged<Shared>.fromOpaque(argument).takeRetainedValue().workUntilStopped()
  return nil
}
