public import LangevinErrors

/// An error in reading or writing a safetensors file.
public enum SafeTensorsError: DescribedError, Equatable {
  /// The bytes as a whole are not a safetensors file.
  case format(String)
  /// The tensor of this name is invalid.
  case tensor(String, String)
  /// The metadata of this key are invalid.
  case metadata(String, String)
  /// The file cannot be read or written.
  case unusable(FileError)
  /// The contents of the file at this path are invalid.
  indirect case file(path: String, SafeTensorsError)

  /// The problem and its remedy, in one line.
  public var description: String {
    switch self {
    case .format(let reason): reason
    case .unusable(let error): error.description
    case .tensor(let name, let reason): "tensor \(Self.quoted(name)): \(reason)"
    case .metadata(let key, let reason): "metadata \(Self.quoted(key)): \(reason)"
    case .file(let path, let error): "\(path.printable): \(error)"
    }
  }

  /// Runs `body`, and adds the file at `path` to any error that it throws.
  package static func inFile<Result>(
    _ path: String, _ body: () throws(SafeTensorsError) -> Result
  ) throws(SafeTensorsError) -> Result {
    do {
      return try body()
    } catch {
      throw .file(path: path, error)
    }
  }

  /// Runs `body`, an access to a file.
  static func accessing<Result>(
    _ body: () throws(FileError) -> Result
  ) throws(SafeTensorsError) -> Result {
    do {
      return try body()
    } catch {
      throw .unusable(error)
    }
  }

  /// Returns `text` in quotation marks, shortened and on one line even if it comes from a damaged file.
  package static func quoted(_ text: String) -> String {
    let limit = 80
    let start = text.unicodeScalars.prefix(limit + 1)
    if start.count <= limit { return "\"\(text.printable)\"" }
    var shortened = String.UnicodeScalarView()
    shortened.append(contentsOf: start.dropLast())
    return "\"\(String(shortened).printable)…\""
  }
}
