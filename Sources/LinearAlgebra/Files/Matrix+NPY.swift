extension Matrix {
  /// Reads an array in NumPy's format, such as the contents of a file that `numpy.save` wrote.
  ///
  /// The array has shape rows × columns, or n for one column, in C or Fortran order, with elements in
  /// either byte order: integers of 8 to 64 bits, truth values, or floats of 32 or 64 bits. Floats are rounded
  /// to the nearest `Element`; NaN and infinities stay.
  ///
  /// - Parameter bytes: The contents of the file.
  /// - Throws: ``NPYError`` if the bytes are not such an array, or if `Element` cannot represent an integer
  ///   exactly.
  public init(npy bytes: some Sequence<UInt8>) throws(NPYError) {
    let bytes = Array(bytes)
    let header = try NPYHeader(bytes)
    try header.requireNumbers(bytes, flattens: false, mayBeEmpty: true)
    var values = Matrix(uninitializedRows: header.rows, columns: header.columns)
    if header.isMemory(of: Element.self) {
      values = Matrix(rows: header.rows, columns: header.columns, bytes: bytes[header.start...])
    } else {
      for column in 0..<header.columns {
        try header.forEachPlace(in: column) { row, place throws(NPYError) in
          values[row, column] = try header.number(bytes, at: place, row: row, column: column)
        }
      }
    }
    self = values
  }

  /// The matrix as a file in NumPy's format, of type `<f4` or `<f8`.
  public var npy: [UInt8] { NPY.bytes(of: self) }
}

extension NPYHeader {
  fileprivate func number<Element: MatrixElement>(
    _ bytes: [UInt8], at place: Int, row: Int, column: Int
  ) throws(NPYError) -> Element {
    if element.isFloat { return Element(float(bytes, at: place)) }
    let integer = integer(bytes, at: place)
    guard let number = Element(exactly: integer) else {
      throw .element(
        row: row, column: column,
        "\(Element.self) cannot represent \(integer) exactly; convert the array with .astype('<f8')"
      )
    }
    return number
  }
}

extension NPYElement {
  /// Creates the type of the elements of a matrix.
  init<Element: MatrixElement>(of type: Element.Type) {
    self = type == Float.self ? .float32 : .float64
  }
}
