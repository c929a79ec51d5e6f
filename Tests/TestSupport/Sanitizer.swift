import Foundation

/// Address or Thread Sanitizer, whose shadow memory takes more than a process with limits may have.
public enum Sanitizer {
  /// Whether the tests run under one.
  public static let isThere: Bool = isThreadSanitizer || has("__asan_init")
  /// Whether it is that for threads.
  public static let isThreadSanitizer: Bool = has("__tsan_init")

  private static func has(_ function: String) -> Bool {
    unsafe dlsym(dlopen(nil, RTLD_NOW), function) != nil
  }
}
