/// Takes the bytes that Cairo hands over piece by piece.
final class ByteSink {
  var bytes: [UInt8] = []

  /// Makes `id="surface12"` of an SVG `id="surface"`.
  ///
  /// Cairo counts the surfaces of the process there, and the same plot would become other bytes
  /// each time.
  func removeSurfaceNumber() {
    guard let found = bytes.firstRange(of: Array("<g id=\"surface".utf8)) else { return }
    let number = bytes[found.upperBound...].prefix { $0 != UInt8(ascii: "\"") }
    bytes.removeSubrange(number.indices)
  }
}
