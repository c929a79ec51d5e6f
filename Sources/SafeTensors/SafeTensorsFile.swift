import LangevinPreconditions

/// The contents of a file in the safetensors format: tensors in order, and notes about them.
///
/// The format is an eight-byte length, a header in JSON, and the elements of the tensors one after
/// the other: <https://huggingface.co/docs/safetensors>. Nothing in such a file is ever executed.
public struct SafeTensorsFile: Sendable, Equatable {
  /// Notes about the tensors: the header's `__metadata__`.
  public var metadata: [String: String]
  /// The tensors, in the order in which the header names them.
  public private(set) var tensors: [Tensor] = []

  /// Where in ``tensors`` the tensor of a name is.
  private var positions: [String: Int] = [:]

  /// The longest name of a tensor and key of the metadata that are read and written, in bytes.
  ///
  /// Unlike the format, Swift compares text by its normal form, which takes a time that grows with
  /// the square of the length for some: a file could be made to keep its reader busy for hours.
  public static let nameLimit = 1000

  /// The name in a header that stands for the metadata.
  static let metadataName = "__metadata__"

  /// No tensors yet, with these notes.
  public init(metadata: [String: String] = [:]) {
    self.metadata = metadata
  }

  /// Adds a tensor at the end, whose name must be new, not `__metadata__`, and not too long.
  ///
  /// Names that are canonically equivalent in Unicode count as the same, as they do in Swift.
  public mutating func append(_ tensor: Tensor) {
    require(
      tensor.name != Self.metadataName, "tensor \(tensor.name): the format reserves this name")
    require(
      tensor.name.utf8.count <= Self.nameLimit,
      "tensor \(tensor.name): its name has more than \(Self.nameLimit) bytes")
    require(appendIfNew(tensor), "tensor \(tensor.name): there is one of this name already")
  }

  /// Adds a tensor at the end unless there is one of its name.
  mutating func appendIfNew(_ tensor: Tensor) -> Bool {
    if positions[tensor.name] != nil { return false }
    positions[tensor.name] = tensors.count
    tensors.append(tensor)
    return true
  }

  /// The tensor of this name, if there is one.
  public subscript(name: String) -> Tensor? {
    positions[name].map { tensors[$0] }
  }

  /// The tensor of this name, which is an error not to have, nor in `shape` if that is given.
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

  /// The floating-point numbers of a tensor: see ``tensor(_:shape:)`` and
  /// ``Tensor/floats(allowingNonFinite:)``.
  public func floats(
    _ name: String, shape: [Int]? = nil, allowingNonFinite: Bool = false
  ) throws(SafeTensorsError) -> [Float] {
    try tensor(name, shape: shape).floats(allowingNonFinite: allowingNonFinite)
  }

  /// The integers of a tensor: see ``tensor(_:shape:)`` and ``Tensor/integers()``.
  public func integers(_ name: String, shape: [Int]? = nil) throws(SafeTensorsError) -> [Int] {
    try tensor(name, shape: shape).integers()
  }

  private var inventory: String {
    if tensors.isEmpty { return "the file holds no tensors" }
    let names = tensors.prefix(8).map { SafeTensorsError.quoted($0.name) }
    let rest = tensors.count > names.count ? " and \(tensors.count - names.count) more" : ""
    return "the file holds \(names.joined(separator: ", "))\(rest)"
  }

  /// `shape`, shortened if a damaged file has made it absurdly long.
  static func summary(of shape: [Int]) -> String {
    if shape.count <= 8 { return "\(shape)" }
    let start = shape.prefix(8).map(String.init).joined(separator: ", ")
    return "[\(start), … \(shape.count) extents]"
  }
}
