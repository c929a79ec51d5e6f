/// How this program was compiled.
enum BuildMode {
  /// Whether the optimizer has run: assertions are evaluated only where it has not.
  static var isOptimised: Bool {
    var optimised = true
    assert(
      {
        optimised = false
        return true
      }())
    return optimised
  }
}
