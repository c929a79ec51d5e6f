package import LinearAlgebra

extension NPY {
  /// Parses the array in `bytes` as a matrix, one point per row.
  ///
  /// The array has shape n × d, or n for one column, in C or Fortran order, with elements in either byte
  /// order: integers of 8 to 64 bits, truth values, or floats of 32 or 64 bits. Floats are rounded to the
  /// nearest `Float`.
  ///
  /// - Parameters:
  ///   - bytes: The contents of an NPY file.
  ///   - flattens: Whether a row may have several dimensions, as images have; it becomes one row of the
  ///     matrix.
  /// - Throws: ``TableError`` if a number is not finite or beyond the range of `Float`, if `Float` cannot
  ///   represent an integer exactly, or if the number of bytes is wrong.
  package static func matrix(
    parsing bytes: [UInt8], flattens: Bool = false
  ) throws(TableError) -> Matrix<Float> {
    let header = try Self.header(of: bytes, flattens: flattens)
    var values = Matrix<Float>(rows: header.rows, columns: header.columns)
    for column in 0..<header.columns {
      try header.forEachPlace(in: column) { row, place throws(TableError) in
        if header.element.isFloat {
          let number = header.float(bytes, at: place)
          values[row, column] = Float(number)
          if !values[row, column].isFinite { throw .notFinite(number, row: row, column: column) }
        } else {
          let integer = header.integer(bytes, at: place)
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
    let header = try Self.header(of: bytes, flattens: flattens)
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
      let number = header.float(bytes, at: place)
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
    header.forEachPlace(in: index) { _, place in
      integers.append(header.integer(bytes, at: place))
    }
    let areHeld = integers.allSatisfy { $0.magnitude <= 1 << 53 }
    return Column(
      "x\(index)", areHeld ? .numbers(integers.map { Double($0) }) : .exact(integers),
      style: CellStyle(decimals: 0))
  }

  /// Returns the header of `bytes`, of which there may be no more.
  static func start(of bytes: [UInt8]) throws(TableError) -> NPYHeader {
    do { return try NPYHeader(bytes) } catch { throw TableError(error) }
  }

  /// Returns the header of `bytes`, which hold the numbers that it declares.
  static func header(of bytes: [UInt8], flattens: Bool) throws(TableError) -> NPYHeader {
    let header = try start(of: bytes)
    do {
      try header.requireNumbers(bytes, flattens: flattens)
      return header
    } catch {
      throw TableError(error)
    }
  }
}

extension TableError {
  /// Creates the error of a table whose array cannot be read.
  init(_ error: NPYError) {
    switch error {
    case .format(let reason): self = .format(reason)
    case .element(let row, let column, let reason):
      self = .element(row: row, column: column, reason)
    }
  }
}
