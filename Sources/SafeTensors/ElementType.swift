/// The type of the elements of a tensor, named as in the safetensors format.
///
/// All types of the format are recognized, so that a file with any of them can be read and written again. A
/// ``Tensor`` returns numbers of the usual types only.
public enum ElementType: String, Sendable, Hashable, CaseIterable {
  /// A truth value in one byte.
  case bool = "BOOL"
  /// A floating-point number of 4 bits.
  case float4 = "F4"
  /// A floating-point number of 6 bits, 3 of them in the significand.
  case float6E2M3 = "F6_E2M3"
  /// A floating-point number of 6 bits, 2 of them in the significand.
  case float6E3M2 = "F6_E3M2"
  /// An unsigned integer of 8 bits.
  case uint8 = "U8"
  /// An integer of 8 bits.
  case int8 = "I8"
  /// A floating-point number of 8 bits, 2 of them in the significand.
  case float8E5M2 = "F8_E5M2"
  /// A floating-point number of 8 bits, 3 of them in the significand.
  case float8E4M3 = "F8_E4M3"
  /// A power of two in 8 bits.
  case float8E8M0 = "F8_E8M0"
  /// A floating-point number of 8 bits, 3 of them in the significand, without a negative zero.
  case float8E4M3FNUZ = "F8_E4M3FNUZ"
  /// A floating-point number of 8 bits, 2 of them in the significand, without a negative zero.
  case float8E5M2FNUZ = "F8_E5M2FNUZ"
  /// An integer of 16 bits.
  case int16 = "I16"
  /// An unsigned integer of 16 bits.
  case uint16 = "U16"
  /// A floating-point number of 16 bits, after IEEE 754.
  case float16 = "F16"
  /// The upper half of a floating-point number of 32 bits.
  case bfloat16 = "BF16"
  /// An integer of 32 bits.
  case int32 = "I32"
  /// An unsigned integer of 32 bits.
  case uint32 = "U32"
  /// A floating-point number of 32 bits.
  case float32 = "F32"
  /// A complex number of two floating-point numbers of 32 bits.
  case complex64 = "C64"
  /// A floating-point number of 64 bits.
  case float64 = "F64"
  /// An integer of 64 bits.
  case int64 = "I64"
  /// An unsigned integer of 64 bits.
  case uint64 = "U64"

  /// The size of an element in bits.
  public var bits: Int {
    switch self {
    case .float4: 4
    case .float6E2M3, .float6E3M2: 6
    case .bool, .uint8, .int8: 8
    case .float8E5M2, .float8E4M3, .float8E8M0, .float8E4M3FNUZ, .float8E5M2FNUZ: 8
    case .int16, .uint16, .float16, .bfloat16: 16
    case .int32, .uint32, .float32: 32
    case .complex64, .float64, .int64, .uint64: 64
    }
  }

  /// Returns the size in bytes of a tensor of this shape.
  ///
  /// - Returns: The size; nil if it is not a whole number or too large for an `Int`, or if an extent is
  ///   negative.
  public func byteCount(shape: [Int]) -> Int? {
    var count = 1
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      if extent < 0 || overflow { return nil }
      count = product
    }
    let (total, overflow) = count.multipliedReportingOverflow(by: bits)
    return overflow || !total.isMultiple(of: 8) ? nil : total / 8
  }
}
