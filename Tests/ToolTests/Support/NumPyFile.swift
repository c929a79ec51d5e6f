import Foundation
import Testing

/// A file of little-endian `Float`s in NumPy's format, read by its specification.
struct NumPyFile {
  let shape: [Int]
  let values: [Float]

  init(_ data: Data) throws {
    let bytes = [UInt8](data)
    try #require(bytes.count >= 10 && bytes[..<8] == [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])
    let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
    try #require(start <= bytes.count)
    #expect(start.isMultiple(of: 64))
    let header = String(decoding: bytes[10..<start], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': ("))
    #expect(header.hasSuffix("\n"))
    let list = try #require(header.split(separator: "(").last?.split(separator: ")").first)
    shape = list.split(separator: ",").compactMap { Int($0.filter { $0 != " " }) }
    values = stride(from: start, to: bytes.count - 3, by: 4).map { place in
      Float(
        bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) })
    }
    #expect(bytes.count - start == 4 * shape.reduce(1, *))
  }

  /// Returns a file of bytes with the given shape.
  static func bytes(_ values: [UInt8], shape: String) -> Data {
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': \(shape)}\n"
    return Data(
      [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, UInt8(header.utf8.count), 0] + header.utf8 + values
    )
  }
}
