import LangevinPreconditions
package import LinearAlgebra

/// NumPy's array format: a header in Python syntax, then raw numbers.
///
/// Versions 1.0, 2.0 and 3.0 can be read; version 1.0 is written. `numpy.lib.format` documents them.
package enum NPY {
  /// The first bytes of every NPY file.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Parses the array in `bytes` as a matrix, one point per row.
  ///
  /// The array has shape n × d, or n for one column, in C or Fortran order, and little-endian elements:
  /// integers of 8 to 64 bits, truth values, or floats of 32 or 64 bits. Floats are rounded to the nearest
  /// `Float`.
  ///
  /// - Parameters:
  ///   - bytes: The contents of an NPY file.
  ///   - flattens: Whether a row may have several dimensions, as images have; it becomes one row of the
  ///     matrix.
  /// - Throws: ``TableError`` if a number is not finite or beyond the range of `Float`, if `Float` cannot
  ///   represent an integer exactly, or if the number of bytes is wrong.
  package static func matrix(
    parsing bytes: [UInt8], flattens: Bool = false
  ) throws(TableError) -> Matrix {
    let header = try NPYHeader(bytes)
    try header.requireNumbers(bytes, flattens: flattens)
    var values = Matrix(rows: header.rows, columns: header.columns)
    let element = header.element
    for column in 0..<header.columns {
      try header.forEachPlace(in: column) { row, place throws(TableError) in
        if element.isFloat {
          let number = element.float(bytes, at: place)
          values[row, column] = Float(number)
          if !values[row, column].isFinite { throw .notFinite(number, row: row, column: column) }
        } else {
          let integer = element.integer(bytes, at: place)
          guard let number = Float(exactly: integer) else {
            throw .element(
              row: row, column: column, CSVScanner.inexact("\(integer)"))
          }
          values[row, column] = number
        }
      }
    }
    return values
  }

  /// Parses the array in `bytes` as a table with columns x0, x1 …, in which NaN is a missing cell.
  ///
  /// - Throws: ``TableError`` if a number is infinite or beyond the range of `Float`, or the number of bytes
  ///   is wrong.
  static func table(parsing bytes: [UInt8], flattens: Bool) throws(TableError) -> Table {
    let header = try NPYHeader(bytes)
    try header.requireNumbers(bytes, flattens: flattens)
    var columns: [Column] = []
    for index in 0..<header.columns {
      columns.append(
        try header.element.isFloat
          ? floats(header, bytes, index) : integers(header, bytes, index))
    }
    return Table(
      columns, layout: .npy(element: header.element.rawValue, rowShape: header.rowShape))
  }

  private static func floats(
    _ header: NPYHeader, _ bytes: [UInt8], _ index: Int
  ) throws(TableError) -> Column {
    var numbers: [Double] = []
    numbers.reserveCapacity(header.rows)
    try header.forEachPlace(in: index) { row, place throws(TableError) in
      let number = header.element.float(bytes, at: place)
      if Float(number).isInfinite { throw .notFinite(number, row: row, column: index) }
      numbers.append(number)
    }
    let isWhole = numbers.allSatisfy { $0.isNaN || $0 == $0.rounded() && abs($0) < 1e15 }
    return Column(
      "x\(index)", .numbers(numbers), style: CellStyle(decimals: isWhole ? 0 : nil))
  }

  private static func integers(
    _ header: NPYHeader, _ bytes: [UInt8], _ index: Int
  ) throws(TableError) -> Column {
    var integers: [Int128] = []
    integers.reserveCapacity(header.rows)
    try header.forEachPlace(in: index) { _, place in
      integers.append(header.element.integer(bytes, at: place))
    }
    let areHeld = integers.allSatisfy { $0.magnitude <= 1 << 53 }
    return Column(
      "x\(index)", areHeld ? .numbers(integers.map { Double($0) }) : .exact(integers),
      style: CellStyle(decimals: 0))
  }

  /// Returns `values` as an array of type `<f4` and shape rows × columns.
  package static func bytes(of values: Matrix) -> [UInt8] {
    bytes(shape: "(\(values.rows), \(values.columns))", [values])
  }

  /// Returns `states`, which have the same shape, as an array of type `<f4` and shape states × rows ×
  /// columns.
  package static func bytes(ofStates states: [Matrix]) -> [UInt8] {
    let (rows, columns) = (states.first?.rows ?? 0, states.first?.columns ?? 0)
    for state in states {
      require(
        state.rows == rows && state.columns == columns,
        "NPY: a state of \(state.rows) × \(state.columns) after one of \(rows) × \(columns)")
    }
    return bytes(shape: "(\(states.count), \(rows), \(columns))", states)
  }

  private static func bytes(shape: String, _ parts: [Matrix]) -> [UInt8] {
    var bytes = start(type: NPYElement.float32.rawValue, shape: shape)
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

  /// Returns the bytes before the numbers of an array: magic, version and header.
  ///
  /// - Parameters:
  ///   - type: The element type as NumPy spells it, such as `<f4`.
  ///   - shape: A Python tuple, such as `(3, 2)`.
  static func start(type: String, shape: String) -> [UInt8] {
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    // Magic, version and length take 10 bytes; the numbers begin at a multiple of 64.
    let padding = (64 - (10 + header.utf8.count + 1) % 64) % 64
    header += String(repeating: " ", count: padding) + "\n"
    return magic + [1, 0] + [UInt8(header.utf8.count & 0xff), UInt8(header.utf8.count >> 8)]
      + Array(header.utf8)
  }
}
