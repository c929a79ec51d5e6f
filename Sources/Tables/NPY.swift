import LangevinPreconditions
public import LinearAlgebra

/// NumPy's format for an array: a header in Python's words, and raw numbers.
///
/// Version 1.0 is written, versions 1.0, 2.0 and 3.0 are read; see `numpy.lib.format`.
public enum NPY {
  /// What every such file begins with.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The array that `bytes` hold: of floats of 32 or 64 bits or of integers, in C or Fortran order, n × d, or
  /// n for one column. If `flattens`, a row may have several dimensions, as images have, and becomes one
  /// line of numbers.
  ///
  /// Numbers that are not finite or beyond `Float` are an error, and so are bytes that are missing
  /// or too many.
  public static func matrix(
    parsing bytes: [UInt8], flattens: Bool = false
  ) throws(TableError) -> Matrix {
    try NPYHeader(bytes).matrix(bytes, flattens: flattens)
  }

  /// An array of type `<f4`, rows × columns.
  public static func bytes(of values: Matrix) -> [UInt8] {
    bytes(shape: "(\(values.rows), \(values.columns))", [values])
  }

  /// An array of type `<f4`, states × rows × columns, of matrices of one shape.
  public static func bytes(ofStates states: [Matrix]) -> [UInt8] {
    let (rows, columns) = (states.first?.rows ?? 0, states.first?.columns ?? 0)
    for state in states {
      require(
        state.rows == rows && state.columns == columns,
        "NPY: a state of \(state.rows) × \(state.columns) after one of \(rows) × \(columns)")
    }
    return bytes(shape: "(\(states.count), \(rows), \(columns))", states)
  }

  private static func bytes(shape: String, _ parts: [Matrix]) -> [UInt8] {
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
    // Magic, version and length take 10 bytes; data begin at a multiple of 64.
    let padding = (64 - (10 + header.utf8.count + 1) % 64) % 64
    header += String(repeating: " ", count: padding) + "\n"
    var bytes = magic + [1, 0]
    bytes += [UInt8(header.utf8.count & 0xff), UInt8(header.utf8.count >> 8)]
    bytes += Array(header.utf8)
    bytes.reserveCapacity(bytes.count + parts.reduce(0) { $0 + $1.count * 4 })
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
}
