public import LangevinErrors

/// Why a safetensors file could not be read or written.
public enum SafeTensorsError: DescribedError, Equatable {
  /// The bytes as a whole are not such a file.
  case format(String)
  /// The tensor of this name is wrong.
  case tensor(String, String)
  /// The metadata of this key are wrong.
  case metadata(String, String)
  /// The file cannot be read or written.
  case unusable(FileError)
  /// The contents of the file at this path are wrong.
  indirect case file(path: String, SafeTensorsError)

  /// What was wrong, and what to do, in one line.
  public var description: String {
    switch self {
    case .format(let reason): reason
    case .unusable(let error): error.description
    case .tensor(let name, let reason): "tensor \(Self.quoted(name)): \(reason)"
    case .metadata(let key, let reason): "metadata \(Self.quoted(key)): \(reason)"
    case .file(let path, let error): "\(path.printable): \(error)"
    }
  }

  /// Runs `body`, and names the file at `path` in an error that it throws.
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

  /// `text` in quotation marks, short and on one line whatever a damaged file put into it.
  package static func quoted(_ text: String) -> String {
    let limit = 80
    let start = text.unicodeScalars.prefix(limit + 1)
    if start.count <= limit { return "\"\(text.printable)\"" }
    var shortened = String.UnicodeScalarView()
    shortened.append(contentsOf: start.dropLast())
    return "\"\(String(shortened).printable)…\""
  }
}
