import LangevinPreconditions

/// A named array of numbers in a checkpoint, as stored in its file.
public struct Tensor: Sendable, Equatable {
  /// The name, which is unique in a checkpoint.
  public let name: String
  /// The type of the elements.
  public let type: ElementType
  /// The extents, the slowest one first; empty for a single number.
  public let shape: [Int]
  /// The elements row by row, little-endian.
  public let bytes: ArraySlice<UInt8>

  /// Creates a tensor from `bytes`, whose number must match the type and the shape.
  public init(_ name: String, type: ElementType, shape: [Int], bytes: ArraySlice<UInt8>) {
    require(
      type.byteCount(shape: shape) == bytes.count,
      "tensor \(name): \(type.rawValue) of shape \(shape) does not take \(bytes.count) bytes")
    self.init(checked: name, type: type, shape: shape, bytes: bytes)
  }

  /// Creates a tensor from `bytes` without checking their number.
  init(checked name: String, type: ElementType, shape: [Int], bytes: ArraySlice<UInt8>) {
    self.name = name
    self.type = type
    self.shape = shape
    self.bytes = bytes
  }

  /// Creates a tensor of type `F32` from `floats`, whose number must match `shape`.
  public init(_ name: String, floats: Span<Float>, shape: [Int]) {
    self.init(name, type: .float32, shape: shape, bytes: unsafe array(floats.bytes)[...])
  }

  /// Creates a tensor of type `F32` from `floats`, whose number must match `shape`.
  public init(_ name: String, floats: [Float], shape: [Int]) {
    self.init(name, floats: floats.span, shape: shape)
  }

  /// Creates a tensor of type `F64` from `doubles`, whose number must match `shape`.
  public init(_ name: String, doubles: [Double], shape: [Int]) {
    self.init(name, type: .float64, shape: shape, bytes: unsafe array(doubles.span.bytes)[...])
  }

  /// Creates a tensor of type `I64` from `integers`, whose number must match `shape`.
  public init(_ name: String, integers: [Int], shape: [Int]) {
    let integers = integers.map(Int64.init)
    self.init(name, type: .int64, shape: shape, bytes: unsafe array(integers.span.bytes)[...])
  }

  /// Creates a tensor of type `U64` from `integers`, whose number must match `shape`.
  public init(_ name: String, integers: [UInt64], shape: [Int]) {
    self.init(name, type: .uint64, shape: shape, bytes: unsafe array(integers.span.bytes)[...])
  }
}

#if !_endian(little)
#error("Tensors are copied to and from memory unchanged, in the format's little-endian order.")
#endif

private func array(_ bytes: RawSpan) -> [UInt8] {
  unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
}
