import Dispatch
import LangevinThreading

/// A queue that runs requests for samples in order, on at most one thread per processor.
///
/// The global queues of Dispatch are unsuitable: tasks use their threads as well, and would have to wait.
final class SamplingQueue: @unchecked Sendable {
  static let shared = SamplingQueue(width: ThreadPool.availableProcessors)

  private let width: Int
  private let lock = SystemMutex(misuse: "SamplingQueue: a request is being queued")
  private var waiting: [@Sendable () -> Void] = []
  private var workers = 0

  init(width: Int) { self.width = width }

  /// Schedules `job` on another thread.
  func submit(_ job: @escaping @Sendable () -> Void) {
    let startsWorker = lock.withLock {
      waiting.append(job)
      if workers == width { return false }
      workers += 1
      return true
    }
    // A serial queue has its own thread while it works.
    if startsWorker { DispatchQueue(label: "langevin.sampling").async { self.work() } }
  }

  /// The number of threads that each running request may use.
  var share: Int { lock.withLock { max(1, width / max(1, workers)) } }

  private func work() {
    while let job = next() { job() }
  }

  private func next() -> (@Sendable () -> Void)? {
    lock.withLock {
      if waiting.isEmpty {
        workers -= 1
        return nil
      }
      return waiting.removeFirst()
    }
  }
}
