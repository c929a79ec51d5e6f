/// A buffer for the bytes that Cairo writes piece by piece.
final class ByteSink {
  var bytes: [UInt8] = []

  /// Replaces `id="surface12"` of an SVG by `id="surface"`.
  ///
  /// Cairo numbers the surfaces of the process there, so the bytes of the same plot would differ
  /// each time.
  func removeSurfaceNumber() {
    guard let found = bytes.firstRange(of: Array("<g id=\"surface".utf8)) else { return }
    let number = bytes[found.upperBound...].prefix { $0 != UInt8(ascii: "\"") }
    bytes.removeSubrange(number.indices)
  }
}
