public import LangevinErrors
import LangevinFiles

/// Why a checkpoint could not be read or written.
public enum CheckpointError: DescribedError, Equatable {
  /// The bytes as a whole are not a checkpoint.
  case format(String)
  /// Something is wrong with the tensor of this name.
  case tensor(String, String)
  /// Something is wrong with the metadata of this key.
  case metadata(String, String)
  /// A file or folder cannot be used.
  case unusable(FileError)
  /// What went wrong with the file at this path.
  indirect case file(path: String, CheckpointError)

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

  /// Runs `body`, and says of an error that it throws that it is about the file at `path`.
  public static func inFile<Result>(
    _ path: String, _ body: () throws(CheckpointError) -> Result
  ) throws(CheckpointError) -> Result {
    do {
      return try body()
    } catch .file(let inner, let error) {
      throw .file(path: inner, error)
    } catch {
      throw .file(path: path, error)
    }
  }

  /// Runs `body`, an access to a file.
  static func accessing<Result>(
    _ body: () throws(FileError) -> Result
  ) throws(CheckpointError) -> Result {
    do {
      return try body()
    } catch {
      throw .unusable(error)
    }
  }

  /// `text` in quotation marks, short and on one line whatever a damaged file put into it.
  static func quoted(_ text: String) -> String {
    let limit = 80
    let start = text.unicodeScalars.prefix(limit + 1)
    if start.count <= limit { return "\"\(text.printable)\"" }
    var shortened = String.UnicodeScalarView()
    shortened.append(contentsOf: start.dropLast())
    return "\"\(String(shortened).printable)…\""
  }
}
