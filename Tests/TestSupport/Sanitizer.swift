import Foundation

/// Address Sanitizer and Thread Sanitizer, whose shadow memory exceeds the limits of some tests.
public enum Sanitizer {
  /// Whether the tests run under a sanitizer.
  public static let isThere: Bool = isThreadSanitizer || has("__asan_init")
  /// Whether the tests run under Thread Sanitizer.
  public static let isThreadSanitizer: Bool = has("__tsan_init")

  private static func has(_ function: String) -> Bool {
    unsafe dlsym(dlopen(nil, RTLD_NOW), function) != nil
  }
}
