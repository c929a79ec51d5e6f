/// The header of an NPY file, a Python dictionary with `descr`, `fortran_order` and `shape`.
package struct NPYHeader {
  package private(set) var element = NPYElement.float32
  private var isBigEndian = false
  private(set) var isFortranOrder = false
  package private(set) var rows = 0
  package private(set) var columns = 0
  /// The lengths of all axes but the first, which together make a row.
  package private(set) var rowShape: [Int] = []
  /// The offset of the first number in the file.
  let start: Int

  package init(_ bytes: [UInt8]) throws(NPYError) {
    guard bytes.starts(with: NPY.magic) else {
      throw .format("it is not an NPY file (no \\x93NUMPY at its start); write it with numpy.save")
    }
    // The length has two bytes in version 1, and four in later versions.
    let lengthSize = bytes.count > 6 && bytes[6] > 1 ? 4 : 2
    guard bytes.count >= 8 + lengthSize else { throw Self.cutShort }
    guard (1...3).contains(bytes[6]), bytes[7] == 0 else {
      throw .format(
        "it has version \(bytes[6]).\(bytes[7]) of the format, not 1.0 to 3.0; save it again"
      )
    }
    let length = (0..<lengthSize).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    guard length <= bytes.count - 8 - lengthSize else { throw Self.cutShort }
    start = 8 + lengthSize + length
    try read(PythonDictionary(bytes[(8 + lengthSize)..<start]).entries())
  }

  private mutating func read(_ entries: [String: PythonDictionary.Value]) throws(NPYError) {
    guard
      entries.count == 3, case .text(let type) = entries["descr"],
      case .truth(let order) = entries["fortran_order"], case .numbers(let shape) = entries["shape"]
    else {
      // The list that describes a structured array does not get here: the dictionary refuses it.
      throw .format(
        "its header must have one each of descr, fortran_order and shape; save it again")
    }
    isBigEndian = type.first == ">"
    let littleEndianType = isBigEndian ? "<" + type.dropFirst() : type
    guard let element = NPYElement(rawValue: littleEndianType) else {
      throw .format(
        """
        its elements have type \(NPYError.quoted(type)), but only integers, truth values, and floats of 32 or \
        64 bits are read; convert them with .astype('<f8'), or save .real and .imag of complex numbers
        """)
    }
    self.element = element
    isFortranOrder = order
    guard let first = shape.first else {
      throw .format("it has no dimensions; reshape it to points × columns")
    }
    rowShape = Array(shape.dropFirst())
    rows = first
    columns = 1
    for length in rowShape {
      let (product, overflow) = columns.multipliedReportingOverflow(by: length)
      if overflow {
        throw .format("its shape is \(shape), more than any file holds; save it again")
      }
      columns = product
    }
  }

  /// Throws unless the file has exactly the numbers that its header declares.
  ///
  /// - Parameters:
  ///   - flattens: Whether a row may have several dimensions.
  ///   - mayBeEmpty: Whether the array may have no numbers.
  package func requireNumbers(
    _ bytes: [UInt8], flattens: Bool, mayBeEmpty: Bool = false
  ) throws(NPYError) {
    if rowShape.count > 1 && !flattens {
      throw .format(
        "it has \(rowShape.count + 1) dimensions; reshape it to points × columns")
    }
    if !mayBeEmpty && (rows == 0 || columns == 0) {
      throw .format("it has no numbers (its shape is \(rows) × \(columns)); save it again")
    }
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    let (size, overflow2) = count.multipliedReportingOverflow(by: element.size)
    let found = bytes.count - start
    guard !overflow, !overflow2, size <= found else {
      throw .format(
        """
        \(rows) × \(columns) numbers of \(element.size) bytes should follow its header, but \(found) \
        bytes do; the file is cut short or damaged: copy it again
        """)
    }
    guard size == found else {
      throw .format(
        "\(found - size) bytes follow its \(rows) × \(columns) numbers; save one array per file")
    }
  }

  /// Calls `body` for each number of `column` with its row and its offset in the file.
  package func forEachPlace<E>(
    in column: Int, _ body: (Int, Int) throws(E) -> Void
  ) throws(E) {
    let first = place(column)
    let stride = isFortranOrder ? 1 : columns
    for row in 0..<rows { try body(row, start + element.size * (first + row * stride)) }
  }

  /// Returns the number at `offset` of `bytes`, the contents of the file; only for floats.
  package func float(_ bytes: [UInt8], at offset: Int) -> Double {
    element.float(bits(bytes, at: offset))
  }

  /// Returns the number at `offset` of `bytes`, the contents of the file; only for integers.
  package func integer(_ bytes: [UInt8], at offset: Int) -> Int128 {
    element.integer(bits(bytes, at: offset))
  }

  /// Whether the elements of the file have the bytes of `Element` in memory.
  func isMemory<Element: MatrixElement>(of type: Element.Type) -> Bool {
    element == NPYElement(of: type) && !isFortranOrder && !isBigEndian
  }

  private func bits(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    let size = element.size
    var bits: UInt64 = 0
    for index in 0..<size {
      bits = bits << 8 | UInt64(bytes[offset + (isBigEndian ? index : size - 1 - index)])
    }
    return bits
  }

  /// Returns the index, among all numbers, of the number in the first row of `column`.
  private func place(_ column: Int) -> Int {
    if !isFortranOrder { return column }
    // In Fortran order the first axis varies fastest and the last slowest.
    var (rest, place) = (column, 0)
    var stride = rows * columns
    for length in rowShape.reversed() {
      stride /= length
      place += rest % length * stride
      rest /= length
    }
    return place
  }

  private static var cutShort: NPYError {
    .format("its header is cut short; copy the file again")
  }
}
