import LangevinPreconditions

extension SafeTensorsFile {
  /// Returns the bytes of the file, which are the same for the same contents.
  ///
  /// Keys of the metadata must not be longer than ``nameLimit``.
  ///
  /// The header lists the metadata sorted by key, and then the tensors in the order of ``tensors``. In the
  /// data, tensors with larger elements come first, so that all are aligned without gaps, which the format
  /// forbids.
  public func serialized() -> [UInt8] {
    require(
      metadata.keys.allSatisfy { $0.utf8.count <= Self.nameLimit },
      "a key of the metadata has more than \(Self.nameLimit) bytes")
    let layout = tensors.indices.sorted {
      (-tensors[$0].type.bits, $0) < (-tensors[$1].type.bits, $1)
    }
    var offsets = [Int](repeating: 0, count: tensors.count)
    var size = 0
    for index in layout {
      offsets[index] = size
      size += tensors[index].bytes.count
    }

    var header = header(offsets: offsets)
    while !header.count.isMultiple(of: 8) { header.append(UInt8(ascii: " ")) }
    require(
      header.count <= Self.headerLimit,
      "a header of \(header.count) bytes: readers accept \(Self.headerLimit); store less metadata")

    var file: [UInt8] = []
    file.reserveCapacity(8 + header.count + size)
    for byte in 0..<8 { file.append(UInt8(truncatingIfNeeded: header.count >> (8 * byte))) }
    file += header
    for index in layout { file += tensors[index].bytes }
    return file
  }

  private func header(offsets: [Int]) -> [UInt8] {
    var entries: [String] = []
    if !metadata.isEmpty {
      // Sorted by bytes: `String` compares normal forms, which depend on the version of Unicode.
      let sorted = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      let notes = sorted.map { "\(Self.json($0.key)):\(Self.json($0.value))" }
      entries.append("\(Self.json(Self.metadataName)):{\(notes.joined(separator: ","))}")
    }
    for (tensor, offset) in zip(tensors, offsets) {
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      entries.append(
        """
        \(Self.json(tensor.name)):{"dtype":"\(tensor.type.rawValue)","shape":[\(shape)],\
        "data_offsets":[\(offset),\(offset + tensor.bytes.count)]}
        """)
    }
    return [UInt8]("{\(entries.joined(separator: ","))}".utf8)
  }

  /// Returns `text` as a JSON string, with the escapes of the format's reference implementation.
  private static func json(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{8}": result += "\\b"
      case "\u{c}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
