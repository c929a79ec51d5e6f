/// What the numbers of an NPY file are, by NumPy's words for it.
enum NPYElement: String {
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

  /// In bytes.
  var size: Int {
    switch self {
    case .truth, .int8, .uint8: 1
    case .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64: 8
    }
  }

  /// The number at `offset` of `bytes`.
  @unsafe func value(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Double {
    func load<Integer: FixedWidthInteger>(_: Integer.Type) -> Integer {
      Integer(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Integer.self))
    }
    return switch self {
    case .float32: Double(Float(bitPattern: load(UInt32.self)))
    case .float64: Double(bitPattern: load(UInt64.self))
    case .truth, .uint8: Double(load(UInt8.self))
    case .int8: Double(load(Int8.self))
    case .int16: Double(load(Int16.self))
    case .uint16: Double(load(UInt16.self))
    case .int32: Double(load(Int32.self))
    case .uint32: Double(load(UInt32.self))
    case .int64: Double(load(Int64.self))
    case .uint64: Double(load(UInt64.self))
    }
  }
}
