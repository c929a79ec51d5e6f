import LangevinPreconditions

/// A named array of a checkpoint, as its file has it.
public struct Tensor: Sendable, Equatable {
  /// The name, by which a checkpoint holds at most one tensor.
  public let name: String
  /// What the elements are.
  public let type: ElementType
  /// The extents, the slowest one first; none for a single number.
  public let shape: [Int]
  /// The elements row by row, little-endian.
  public let bytes: ArraySlice<UInt8>

  /// The tensor of these `bytes`, which must be as many as its type and shape say.
  public init(_ name: String, type: ElementType, shape: [Int], bytes: ArraySlice<UInt8>) {
    require(
      type.byteCount(shape: shape) == bytes.count,
      "tensor \(name): \(type.rawValue) of shape \(shape) does not take \(bytes.count) bytes")
    self.init(checked: name, type: type, shape: shape, bytes: bytes)
  }

  /// The same, for a caller who knows that the size is right.
  init(checked name: String, type: ElementType, shape: [Int], bytes: ArraySlice<UInt8>) {
    self.name = name
    self.type = type
    self.shape = shape
    self.bytes = bytes
  }

  /// The tensor of type `F32` of these numbers, which must be as many as `shape` says.
  public init(_ name: String, floats: Span<Float>, shape: [Int]) {
    self.init(name, type: .float32, shape: shape, bytes: unsafe array(floats.bytes)[...])
  }

  /// The tensor of type `F32` of these numbers, which must be as many as `shape` says.
  public init(_ name: String, floats: [Float], shape: [Int]) {
    self.init(name, floats: floats.span, shape: shape)
  }

  /// The tensor of type `F64` of these numbers, which must be as many as `shape` says.
  public init(_ name: String, doubles: [Double], shape: [Int]) {
    self.init(name, type: .float64, shape: shape, bytes: unsafe array(doubles.span.bytes)[...])
  }

  /// The tensor of type `I64` of these numbers, which must be as many as `shape` says.
  public init(_ name: String, integers: [Int], shape: [Int]) {
    let integers = integers.map(Int64.init)
    self.init(name, type: .int64, shape: shape, bytes: unsafe array(integers.span.bytes)[...])
  }

  /// The tensor of type `U64` of these numbers, which must be as many as `shape` says.
  public init(_ name: String, integers: [UInt64], shape: [Int]) {
    self.init(name, type: .uint64, shape: shape, bytes: unsafe array(integers.span.bytes)[...])
  }
}

#if !_endian(little)
#error("Tensors are copied to and from memory as they are, in the format's little-endian order.")
#endif

private func array(_ bytes: RawSpan) -> [UInt8] {
  unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
}
