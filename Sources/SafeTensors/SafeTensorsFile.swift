import LangevinPreconditions

/// The contents of a file in the safetensors format: tensors in order, and metadata.
///
/// The format (<https://huggingface.co/docs/safetensors>) is an eight-byte length, a header in JSON, and the
/// elements of the tensors one after the other. Nothing in such a file is ever executed.
public struct SafeTensorsFile: Sendable, Equatable {
  /// The metadata: notes about the tensors, which the header holds as `__metadata__`.
  public var metadata: [String: String]
  /// The tensors, in the order in which the header names them.
  public private(set) var tensors: [Tensor] = []

  /// The index in ``tensors`` of the tensor of each name.
  private var positions: [String: Int] = [:]

  /// The length limit of a tensor's name and of a key of the metadata, in bytes.
  ///
  /// Unlike the format, Swift compares text by its normal form. For some texts the time of this grows with
  /// the square of the length, so a hostile file could keep its reader busy for hours.
  public static let nameLimit = 1000

  /// The key of the metadata in a header.
  static let metadataName = "__metadata__"

  /// Creates a file with this metadata and without tensors.
  public init(metadata: [String: String] = [:]) {
    self.metadata = metadata
  }

  /// Appends a tensor, whose name must be new, not `__metadata__`, and not longer than ``nameLimit``.
  ///
  /// Names that are canonically equivalent in Unicode count as the same, as in Swift.
  public mutating func append(_ tensor: Tensor) {
    require(
      tensor.name != Self.metadataName, "tensor \(tensor.name): the format reserves this name")
    require(
      tensor.name.utf8.count <= Self.nameLimit,
      "tensor \(tensor.name): its name has more than \(Self.nameLimit) bytes")
    require(appendIfNew(tensor), "tensor \(tensor.name): the file already has this name")
  }

  /// Appends a tensor and returns true, unless the file already has a tensor of this name.
  mutating func appendIfNew(_ tensor: Tensor) -> Bool {
    if positions[tensor.name] != nil { return false }
    positions[tensor.name] = tensors.count
    tensors.append(tensor)
    return true
  }

  /// The tensor of this name; nil if the file has no such tensor.
  public subscript(name: String) -> Tensor? {
    positions[name].map { tensors[$0] }
  }

  /// Returns the tensor of this name.
  ///
  /// - Throws: ``SafeTensorsError`` if the file has no such tensor, or if it does not have the `shape` given.
  public func tensor(_ name: String, shape: [Int]? = nil) throws(SafeTensorsError) -> Tensor {
    guard let tensor = self[name] else {
      throw .tensor(name, "it is missing; \(inventory)")
    }
    if let shape, tensor.shape != shape {
      throw .tensor(
        name,
        """
        its shape is \(Self.summary(of: tensor.shape)), but \(shape) is needed; use a checkpoint \
        of the same network
        """)
    }
    return tensor
  }

  /// Returns the floating-point numbers of a tensor: see ``tensor(_:shape:)`` and
  /// ``Tensor/floats(allowingNonFinite:)``.
  public func floats(
    _ name: String, shape: [Int]? = nil, allowingNonFinite: Bool = false
  ) throws(SafeTensorsError) -> [Float] {
    try tensor(name, shape: shape).floats(allowingNonFinite: allowingNonFinite)
  }

  /// Returns the integers of a tensor: see ``tensor(_:shape:)`` and ``Tensor/integers()``.
  public func integers(_ name: String, shape: [Int]? = nil) throws(SafeTensorsError) -> [Int] {
    try tensor(name, shape: shape).integers()
  }

  private var inventory: String {
    if tensors.isEmpty { return "the file holds no tensors" }
    let names = tensors.prefix(8).map { SafeTensorsError.quoted($0.name) }
    let rest = tensors.count > names.count ? " and \(tensors.count - names.count) more" : ""
    return "the file holds \(names.joined(separator: ", "))\(rest)"
  }

  /// Returns a text of `shape`, shortened if the shape is absurdly long, as in a damaged file.
  static func summary(of shape: [Int]) -> String {
    if shape.count <= 8 { return "\(shape)" }
    let start = shape.prefix(8).map(String.init).joined(separator: ", ")
    return "[\(start), … \(shape.count) extents]"
  }
}
