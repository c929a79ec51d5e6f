import LangevinPreconditions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The scratch memory of products: one buffer per thread, kept until the thread ends.
///
/// Only a thread's first products allocate memory.
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
    require(status == 0, "ThreadScratch: the process has no thread-specific key left")
    return key
  }()

  /// Returns this thread's buffer of at least `capacity` floats, valid until the thread's next call.
  package static func buffer(capacity: Int) -> AlignedBuffer {
    if let pointer = unsafe pthread_getspecific(key) {
      let reference = unsafe Unmanaged<AlignedBuffer>.fromOpaque(pointer)
      let buffer = unsafe reference.takeUnretainedValue()
      if buffer.size >= capacity * MemoryLayout<Float>.stride { return buffer }
      unsafe reference.release()
    }
    let buffer = AlignedBuffer(capacity: capacity, of: Float.self)
    let pointer = unsafe Unmanaged.passRetained(buffer).toOpaque()
    // This can fail if memory is short; the next call then makes another buffer.
    _ = unsafe pthread_setspecific(key, pointer)
    return buffer
  }
}
