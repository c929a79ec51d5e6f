import LangevinPreconditions

/// NumPy's array format: a header in Python syntax, then raw numbers.
///
/// Versions 1.0, 2.0 and 3.0 can be read; version 1.0 is written. `numpy.lib.format` documents them.
package enum NPY {
  /// The first bytes of every NPY file.
  package static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Returns `values` as an array of shape rows × columns.
  package static func bytes<Element>(of values: Matrix<Element>) -> [UInt8] {
    bytes(shape: "(\(values.rows), \(values.columns))", [values])
  }

  /// Returns `states`, which have the same shape, as an array of shape states × rows × columns.
  package static func bytes<Element>(ofStates states: [Matrix<Element>]) -> [UInt8] {
    let (rows, columns) = (states.first?.rows ?? 0, states.first?.columns ?? 0)
    for state in states {
      require(
        state.rows == rows && state.columns == columns,
        "NPY: a state of \(state.rows) × \(state.columns) after one of \(rows) × \(columns)")
    }
    return bytes(shape: "(\(states.count), \(rows), \(columns))", states)
  }

  private static func bytes<Element>(shape: String, _ parts: [Matrix<Element>]) -> [UInt8] {
    let size = MemoryLayout<Element>.stride
    var bytes = start(type: NPYElement(of: Element.self).rawValue, shape: shape)
    bytes.reserveCapacity(bytes.count + parts.reduce(0) { $0 + $1.count * size })
    for part in parts {
      unsafe part.elements.withUnsafeBytes { numbers in
        #if _endian(little)
        unsafe bytes.append(contentsOf: numbers)
        #else
        #error("NPY: the elements must be swapped")
        #endif
      }
    }
    return bytes
  }

  /// Returns the bytes before the numbers of an array: magic, version and header.
  ///
  /// - Parameters:
  ///   - type: The element type as NumPy spells it, such as `<f4`.
  ///   - shape: A Python tuple, such as `(3, 2)`.
  package static func start(type: String, shape: String) -> [UInt8] {
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    // Magic, version and length take 10 bytes; the numbers begin at a multiple of 64.
    let padding = (64 - (10 + header.utf8.count + 1) % 64) % 64
    header += String(repeating: " ", count: padding) + "\n"
    return magic + [1, 0] + [UInt8(header.utf8.count & 0xff), UInt8(header.utf8.count >> 8)]
      + Array(header.utf8)
  }
}
