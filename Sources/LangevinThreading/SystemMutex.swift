import LangevinPreconditions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A mutual exclusion lock of the system.
///
/// Unlike Swift's `Mutex`, the thread sanitizer understands it.
@safe
package final class SystemMutex: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let misuse: StaticString

  /// Creates an unlocked lock.
  ///
  /// A thread that locks it again while holding it stops the program with `misuse` instead of waiting
  /// forever.
  package init(misuse: StaticString) {
    self.misuse = misuse
    unsafe mutex = .allocate(capacity: 1)
    var attributes = pthread_mutexattr_t()
    unsafe pthread_mutexattr_init(&attributes)
    unsafe pthread_mutexattr_settype(&attributes, Int32(PTHREAD_MUTEX_ERRORCHECK))
    unsafe pthread_mutex_init(mutex, &attributes)
    unsafe pthread_mutexattr_destroy(&attributes)
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
  }

  /// Runs `body` while holding the lock.
  package func withLock<R, E>(_ body: () throws(E) -> R) throws(E) -> R {
    let status = unsafe pthread_mutex_lock(mutex)
    require(status == 0, "\(misuse) (error \(status))")
    defer { unsafe pthread_mutex_unlock(mutex) }
    return try body()
  }
}
