#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The mode in which this program was compiled.
enum BuildMode {
  /// Whether the program was optimized; only unoptimized builds evaluate assertions.
  static var isOptimized: Bool {
    var optimized = true
    assert(
      {
        optimized = false
        return true
      }())
    return optimized
  }

  /// The name of the sanitizer in this process, or nil.
  static var sanitizer: String? {
    let marks = [
      ("Address Sanitizer", "__asan_init"), ("Thread Sanitizer", "__tsan_init"),
      ("Memory Sanitizer", "__msan_init"),
    ]
    return marks.first { isDefined($0.1) }?.0
  }

  /// Throws if timings of this build are meaningless.
  static func check() throws(BenchmarkError) {
    if !isOptimized { throw .notOptimized }
    if let sanitizer { throw .sanitized(by: sanitizer) }
  }

  /// Returns whether any part of this process defines the function `name`.
  private static func isDefined(_ name: String) -> Bool {
    let program = unsafe dlopen(nil, RTLD_LAZY)
    defer { if let program = unsafe program { unsafe dlclose(program) } }
    return unsafe dlsym(program, name) != nil
  }
}
