extension SafeTensorsFile {
  /// The longest header that the format's reference implementation accepts, in bytes.
  public static let headerLimit = 100_000_000

  /// Parses the `bytes` of a file, which the tensors share.
  ///
  /// - Throws: ``SafeTensorsError`` if the file violates the format: if tensors overlap, leave gaps or are
  ///   cut off, sizes contradict shapes, a name occurs twice, or the header is longer than `headerLimit`.
  public init(
    parsing bytes: [UInt8], headerLimit: Int = SafeTensorsFile.headerLimit
  ) throws(SafeTensorsError) {
    let start = try Self.dataStart(of: bytes, headerLimit: headerLimit)
    var parser = try HeaderParser(bytes, 8..<start)
    let header = try parser.header()
    try Self.checkLayout(of: header.entries, size: bytes.count - start)

    self.init(metadata: header.metadata)
    for entry in header.entries {
      let tensor = Tensor(
        checked: entry.name, type: entry.type, shape: entry.shape,
        bytes: bytes[(start + entry.begin)..<(start + entry.end)])
      guard appendIfNew(tensor) else {
        throw .tensor(entry.name, "the header names it twice; write the file again")
      }
    }
  }

  private static func dataStart(
    of bytes: [UInt8], headerLimit: Int
  ) throws(SafeTensorsError) -> Int {
    guard bytes.count >= 8 else {
      throw .format(
        """
        it has \(bytes.count) bytes, but a safetensors file has at least 8; it is cut short, or not a \
        safetensors file: copy it again
        """)
    }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(max(headerLimit, 0)) else {
      throw .format(
        """
        its first 8 bytes announce a header of \(length) bytes, but the limit is \(headerLimit); \
        this is not a safetensors file, or a damaged one
        """)
    }
    guard length <= UInt64(bytes.count - 8) else {
      throw .format(
        """
        its header should take \(length) bytes, but only \(bytes.count - 8) follow; it is cut \
        short: copy it again
        """)
    }
    return 8 + Int(length)
  }

  /// Throws unless the tensors fill the `size` bytes of data without overlaps and gaps.
  private static func checkLayout(
    of entries: [HeaderEntry], size: Int
  ) throws(SafeTensorsError) {
    for entry in entries {
      guard entry.begin <= entry.end else {
        throw .tensor(
          entry.name,
          "it begins at byte \(entry.begin), but ends at \(entry.end); \(damaged)")
      }
      guard let needed = entry.type.byteCount(shape: entry.shape) else {
        throw .tensor(
          entry.name,
          """
          \(entry.type.rawValue) of shape \(summary(of: entry.shape)) does not take a whole number of \
          bytes below 2^60; \(damaged)
          """)
      }
      guard needed == entry.end - entry.begin else {
        throw .tensor(
          entry.name,
          """
          \(entry.type.rawValue) of shape \(summary(of: entry.shape)) takes \(needed) bytes, but \
          its offsets span \(entry.end - entry.begin); \(damaged)
          """)
      }
      guard entry.end <= size else {
        throw .tensor(
          entry.name,
          """
          it ends at byte \(entry.end) of the data, but the file holds \(size); the file is cut short: \
          copy it again
          """)
      }
    }

    var end = 0
    var previous = ""
    for entry in entries.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
      guard entry.begin >= end else {
        throw .tensor(
          entry.name,
          """
          it begins at byte \(entry.begin), inside tensor \(SafeTensorsError.quoted(previous)), which \
          ends at \(end); \(damaged)
          """)
      }
      guard entry.begin == end else {
        throw .tensor(
          entry.name,
          """
          it begins at byte \(entry.begin), but bytes \(end)..<\(entry.begin) before it belong to \
          no tensor; \(damaged)
          """)
      }
      end = entry.end
      previous = entry.name
    }
    guard end == size else {
      throw .format(
        """
        \(size - end) bytes after the last tensor belong to no tensor; the header or the length of the \
        file is wrong: copy it again
        """)
    }
  }

  private static let damaged = "the header is damaged: copy the file again, or use another"
}
