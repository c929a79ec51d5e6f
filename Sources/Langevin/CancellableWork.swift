import Synchronization

/// Records whether the task that waits for some work was cancelled.
private final class CancellationFlag: Sendable {
  private let value = Atomic<Bool>(false)
  var isSet: Bool { value.load(ordering: .acquiring) }
  func set() { value.store(true, ordering: .releasing) }
}

/// Waits for `work` without blocking a thread that other tasks could use. `start` receives a job and runs it
/// on some thread; `work` can check whether the task has been cancelled meanwhile.
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
