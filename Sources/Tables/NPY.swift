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
  /// Floats are rounded to the nearest `Float`. Numbers that are not finite or beyond `Float` are an error, and
  /// so are integers that `Float` does not hold exactly, and bytes that are missing or too many.
  public static func matrix(
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

  /// The table of the array that `bytes` hold, with columns x0, x1 … NaN is a missing cell.
  ///
  /// - Throws: ``TableError`` if a number is infinite or beyond `Float`, or bytes are missing or too many.
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

  /// What precedes the numbers of an array of this type and shape, in NumPy's words.
  static func start(type: String, shape: String) -> [UInt8] {
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    // Magic, version and length take 10 bytes; data begin at a multiple of 64.
    let padding = (64 - (10 + header.utf8.count + 1) % 64) % 64
    header += String(repeating: " ", count: padding) + "\n"
    return magic + [1, 0] + [UInt8(header.utf8.count & 0xff), UInt8(header.utf8.count >> 8)]
      + Array(header.utf8)
  }
}
