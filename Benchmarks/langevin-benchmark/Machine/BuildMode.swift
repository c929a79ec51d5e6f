#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// How this program was compiled.
enum BuildMode {
  /// Whether the optimizer has run: assertions are evaluated only where it has not.
  static var isOptimized: Bool {
    var optimized = true
    assert(
      {
        optimized = false
        return true
      }())
    return optimized
  }

  /// The sanitizer that watches this process; nil if there is none.
  static var sanitizer: String? {
    let marks = [
      ("Address Sanitizer", "__asan_init"), ("Thread Sanitizer", "__tsan_init"),
      ("Memory Sanitizer", "__msan_init"),
    ]
    return marks.first { isDefined($0.1) }?.0
  }

  /// Throws if timings of this build would mean nothing.
  static func check() throws(BenchmarkError) {
    if !isOptimized { throw .notOptimized }
    if let sanitizer { throw .sanitized(by: sanitizer) }
  }

  /// Whether any part of this process defines the function `name`.
  private static func isDefined(_ name: String) -> Bool {
    let program = unsafe dlopen(nil, RTLD_LAZY)
    defer { if let program = unsafe program { unsafe dlclose(program) } }
    return unsafe dlsym(program, name) != nil
  }
}
