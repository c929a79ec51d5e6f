import Synchronization

/// Whether the task that waits for some work was cancelled.
private final class CancellationFlag: Sendable {
  private let value = Atomic<Bool>(false)
  var isSet: Bool { value.load(ordering: .acquiring) }
  func set() { value.store(true, ordering: .releasing) }
}

/// Waits for `work` without keeping a thread from other tasks. `start` is given a job, which it has run on
/// some thread; the work may ask whether the task was cancelled meanwhile.
func waitForWork<Result: Sendable>(
  startedBy start: (@escaping @Sendable () -> Void) -> Void,
  _ work: @escaping @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) throws -> Result
) async throws -> Result {
  let flag = CancellationFlag()
  return try await withTaskCancellationHandler {
    try await withCheckedThrowingContinuation { continuation in
      start { continuation.resume(with: Swift.Result { try work { flag.isSet } }) }
    }
  } onCancel: {
    flag.set()
  }
}
