/// The element type of an NPY file, as NumPy spells it for little-endian elements.
package enum NPYElement: String {
  case float32 = "<f4"
  case float64 = "<f8"
  case truth = "|b1"
  case int8 = "|i1"
  case uint8 = "|u1"
  case int16 = "<i2"
  case uint16 = "<u2"
  case int32 = "<i4"
  case uint32 = "<u4"
  case int64 = "<i8"
  case uint64 = "<u8"

  /// The size of an element, in bytes.
  package var size: Int {
    switch self {
    case .truth, .int8, .uint8: 1
    case .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64: 8
    }
  }

  /// Whether elements are floating-point numbers.
  package var isFloat: Bool { self == .float32 || self == .float64 }

  /// Returns the number that `bits` represent; only for floats.
  func float(_ bits: UInt64) -> Double {
    self == .float32 ? Double(Float(bitPattern: UInt32(bits))) : Double(bitPattern: bits)
  }

  /// Returns the number that `bits` represent; only for integers.
  func integer(_ bits: UInt64) -> Int128 {
    switch self {
    case .int8, .int16, .int32, .int64:
      // Shifts the sign bit of the element to bit 63 and back, which extends it.
      let unused = UInt64(64 - 8 * size)
      return Int128(Int64(bitPattern: bits << unused) >> unused)
    default: return Int128(bits)
    }
  }

  /// The range of an integer type; nil for floats.
  private var range: ClosedRange<Int128>? {
    switch self {
    case .float32, .float64: nil
    case .truth: 0...1
    case .int8, .int16, .int32, .int64:
      -(1 << (8 * size - 1))...(1 << (8 * size - 1)) - 1
    case .uint8, .uint16, .uint32, .uint64: 0...(1 << (8 * size)) - 1
    }
  }

  /// Appends `number` to `bytes`; returns false if the type cannot represent it. Only floats represent NaN.
  package func append(_ number: Double, to bytes: inout [UInt8]) -> Bool {
    switch self {
    case .float32: append(UInt64(Float(number).bitPattern), to: &bytes)
    case .float64: append(number.bitPattern, to: &bytes)
    default:
      guard let integer = Int128(exactly: number) else { return false }
      return append(integer, to: &bytes)
    }
    return true
  }

  /// Appends `integer` to `bytes`; returns false if the type cannot represent it exactly.
  package func append(_ integer: Int128, to bytes: inout [UInt8]) -> Bool {
    guard let range else {
      let isHeld =
        self == .float32
        ? Int128(exactly: Float(integer)) == integer : Int128(exactly: Double(integer)) == integer
      return isHeld && append(Double(integer), to: &bytes)
    }
    guard range.contains(integer) else { return false }
    append(UInt64(truncatingIfNeeded: integer), to: &bytes)
    return true
  }

  private func append(_ bits: UInt64, to bytes: inout [UInt8]) {
    for index in 0..<size { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * index))) }
  }
}
