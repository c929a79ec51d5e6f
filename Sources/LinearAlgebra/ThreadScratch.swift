#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Memory that a product needs while it runs: one buffer a thread, kept until the thread ends, so
/// that a product allocates nothing once its thread is warm.
package enum ThreadScratch {
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let status = unsafe pthread_key_create(&key) { pointer in
      #if canImport(Darwin)
      unsafe Unmanaged<AlignedBuffer>.fromOpaque(pointer).release()
      #else
      if let pointer = unsafe pointer {
        unsafe Unmanaged<AlignedBuffer>.fromOpaque(pointer).release()
      }
      #endif
    }
    precondition(status == 0, "ThreadScratch: no thread-specific key is left in this process")
    return key
  }()

  /// This thread's buffer, of at least `capacity` floats. Valid until the next call on the thread.
  package static func buffer(capacity: Int) -> AlignedBuffer {
    if let pointer = unsafe pthread_getspecific(key) {
      let reference = unsafe Unmanaged<AlignedBuffer>.fromOpaque(pointer)
      let buffer = unsafe reference.takeUnretainedValue()
      if buffer.capacity >= capacity { return buffer }
      unsafe reference.release()
    }
    let buffer = AlignedBuffer(capacity: capacity)
    let pointer = unsafe Unmanaged.passRetained(buffer).toOpaque()
    // It fails for want of memory for a thread's first entry: the next call then makes another buffer.
    _ = unsafe pthread_setspecific(key, pointer)
    return buffer
  }
}
