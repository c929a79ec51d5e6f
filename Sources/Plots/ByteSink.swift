/// Takes the bytes that Cairo hands over piece by piece.
final class ByteSink {
  var bytes: [UInt8] = []
}
