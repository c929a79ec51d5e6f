extension Tensor {
  /// Returns the elements of a tensor of type `F32`, `F64`, `F16` or `BF16`.
  ///
  /// Numbers that `Float` cannot hold exactly are rounded; numbers of `F64` beyond the range of `Float`
  /// become infinite.
  ///
  /// - Throws: ``SafeTensorsError`` if the type is another, or if a number is infinite or NaN, unless
  ///   `allowingNonFinite` is true.
  public func floats(allowingNonFinite: Bool = false) throws(SafeTensorsError) -> [Float] {
    let values: [Float]
    switch type {
    case .float32: values = elements(as: Float.self)
    case .float64: values = elements(as: Double.self).map { Float($0) }
    case .float16: values = elements(as: Float16.self).map { Float($0) }
    case .bfloat16:
      values = elements(as: UInt16.self).map { Float(bitPattern: UInt32($0) << 16) }
    default:
      throw .tensor(
        name,
        "its elements are \(type.rawValue), not floating-point numbers; save it as F32")
    }
    if !allowingNonFinite, let index = values.firstIndex(where: { !$0.isFinite }) {
      throw .tensor(
        name,
        "element \(index) is \(values[index]), not a finite number; use an earlier checkpoint")
    }
    return values
  }

  /// Returns the elements of a tensor of type `F64`, all of which must be finite.
  public func doubles() throws(SafeTensorsError) -> [Double] {
    guard type == .float64 else {
      throw .tensor(name, "its elements are \(type.rawValue), not F64; save it as F64")
    }
    let values = elements(as: Double.self)
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw .tensor(
        name,
        "element \(index) is \(values[index]), not a finite number; use an earlier checkpoint")
    }
    return values
  }

  /// Returns the elements of a tensor of one of the integer types.
  public func integers() throws(SafeTensorsError) -> [Int] {
    switch type {
    case .int8: return elements(as: Int8.self).map { Int($0) }
    case .int16: return elements(as: Int16.self).map { Int($0) }
    case .int32: return elements(as: Int32.self).map { Int($0) }
    case .int64: return try exactly(elements(as: Int64.self))
    case .uint8: return bytes.map { Int($0) }
    case .uint16: return elements(as: UInt16.self).map { Int($0) }
    case .uint32: return try exactly(elements(as: UInt32.self))
    case .uint64: return try exactly(elements(as: UInt64.self))
    default:
      throw .tensor(name, "its elements are \(type.rawValue), not integers; save it as I64")
    }
  }

  /// Returns the elements of a tensor of type `U64`.
  public func unsignedIntegers() throws(SafeTensorsError) -> [UInt64] {
    guard type == .uint64 else {
      throw .tensor(name, "its elements are \(type.rawValue), not U64; save it as U64")
    }
    return elements(as: UInt64.self)
  }

  private func exactly(_ values: [some FixedWidthInteger]) throws(SafeTensorsError) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      guard let integer = Int(exactly: value) else {
        throw .tensor(
          name, "element \(index) is \(value), more than \(Int.max); read it as unsigned")
      }
      result.append(integer)
    }
    return result
  }

  /// Returns the bytes as elements. By construction, their number is a multiple of the size of `Element`.
  private func elements<Element: BitwiseCopyable>(as: Element.Type) -> [Element] {
    let count = bytes.count / MemoryLayout<Element>.stride
    return unsafe [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      unsafe bytes.withUnsafeBytes { source in
        unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
      }
      initialized = count
    }
  }
}
