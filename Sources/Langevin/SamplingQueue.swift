import Dispatch
import LangevinThreading

/// Hands out requests for samples to as many threads as there are processors, in order.
///
/// The global queues of Dispatch would not do: they lend their threads to tasks as well, which would have
/// to wait.
final class SamplingQueue: @unchecked Sendable {
  static let shared = SamplingQueue(width: ThreadPool.availableProcessors)

  private let width: Int
  private let lock = SystemMutex(misuse: "SamplingQueue: a request is being queued")
  private var waiting: [@Sendable () -> Void] = []
  private var workers = 0

  init(width: Int) { self.width = width }

  /// Has `job` run on another thread, soon.
  func submit(_ job: @escaping @Sendable () -> Void) {
    let startsWorker = lock.withLock {
      waiting.append(job)
      if workers == width { return false }
      workers += 1
      return true
    }
    // A serial queue has a thread of its own for as long as it works.
    if startsWorker { DispatchQueue(label: "langevin.sampling").async { self.work() } }
  }

  /// How many threads each of the requests in hand may use.
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
