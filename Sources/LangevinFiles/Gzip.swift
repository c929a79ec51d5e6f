internal import CLangevinZlib
package import LangevinErrors
import LangevinPreconditions

/// The gzip format (RFC 1952), implemented with zlib.
package enum Gzip {
  /// Returns whether `bytes` begin like a gzip file.
  package static func isCompressed(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1f, 0x8b]) }

  /// Returns the decompressed contents of all members of `bytes`, concatenated.
  ///
  /// - Parameters:
  ///   - bytes: The contents of the file at `path`.
  ///   - path: The path of the file, for errors.
  ///   - sizeLimit: The largest number of decompressed bytes.
  /// - Throws: ``FileError`` if the file is damaged or truncated, or exceeds the limit.
  package static func decompress(
    _ bytes: [UInt8], path: String, sizeLimit: Int
  ) throws(FileError) -> [UInt8] {
    try naming(path) { () throws(Problem) in
      var stream = unsafe z_stream()
      // 15 bits of window; 16 selects the gzip format.
      let status = unsafe inflateInit2_(
        &stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      guard status == Z_OK else { throw .refused("zlib cannot be used (\(status))") }
      defer { unsafe inflateEnd(&stream) }
      var input = bytes
      var result: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: chunkSize)
      var position = 0
      while position < input.count {
        let (step, read, written) = unsafe flow(&stream, &input, from: position, &chunk) {
          unsafe inflate($0, Z_NO_FLUSH)
        }
        position += read
        result += chunk[..<written]
        if result.count > sizeLimit {
          throw .refused(
            "it holds more than the limit of \(sizeLimit) bytes; raise it, or split the file")
        }
        switch step {
        case Z_STREAM_END:
          // Some tapes and archives pad the last block with zeros.
          if input[position...].allSatisfy({ $0 == 0 }) { return result }
          unsafe inflateReset(&stream)
        case Z_OK where read > 0 || written > 0: continue
        case Z_OK, Z_BUF_ERROR: throw .refused(cutShort)
        default: throw .refused("its compressed data are damaged; copy it again")
        }
      }
      throw .refused(cutShort)
    }
  }

  private static let cutShort = "its compressed data are cut short; copy it again"
  private static let chunkSize = 1 << 18

  /// Returns `bytes` compressed, without a time or a file name, so that equal input gives equal output.
  package static func compress(_ bytes: [UInt8]) -> [UInt8] {
    var stream = unsafe z_stream()
    // The defaults write the time 0 and no file name.
    let status = unsafe deflateInit2_(
      &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    require(status == Z_OK, "Gzip: zlib cannot be used (\(status))")
    defer { unsafe deflateEnd(&stream) }
    var input = bytes
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: chunkSize)
    var position = 0
    while true {
      let (step, read, written) = unsafe flow(&stream, &input, from: position, &chunk) {
        // The counters of zlib limit the number of bytes per call.
        unsafe deflate($0, position + Int(largestInput) >= bytes.count ? Z_FINISH : Z_NO_FLUSH)
      }
      position += read
      result += chunk[..<written]
      if step == Z_STREAM_END { return result }
    }
  }

  /// The largest number of bytes to pass to zlib at a time, because of its counters.
  private static let largestInput = UInt32(1 << 30)

  /// Calls `body`, which reads from `input` at `position` and writes to `output`. Returns its status and the
  /// numbers of bytes that it read and wrote.
  @unsafe private static func flow(
    _ stream: inout z_stream, _ input: inout [UInt8], from position: Int, _ output: inout [UInt8],
    _ body: (UnsafeMutablePointer<z_stream>) -> Int32
  ) -> (status: Int32, read: Int, written: Int) {
    unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        let offered = min(UInt32(clamping: input.count - position), largestInput)
        unsafe stream.next_in = input.baseAddress.map { unsafe $0 + position }
        unsafe stream.avail_in = offered
        unsafe stream.next_out = output.baseAddress
        unsafe stream.avail_out = UInt32(output.count)
        let status = unsafe body(&stream)
        return unsafe (
          status, Int(offered - stream.avail_in), output.count - Int(stream.avail_out)
        )
      }
    }
  }
}
