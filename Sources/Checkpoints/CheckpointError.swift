#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Why a checkpoint could not be read or written.
public enum CheckpointError: Error, Equatable, CustomStringConvertible {
  /// The bytes as a whole are not a checkpoint.
  case format(String)
  /// Something is wrong with the tensor of this name.
  case tensor(String, String)
  /// Something is wrong with the metadata of this key.
  case metadata(String, String)
  /// The file is not one that may be read or replaced: a directory, say, or too large.
  case refused(String)
  /// A call to the operating system failed with this `errno`.
  case system(String, code: Int32)
  /// What went wrong with the file at this path.
  indirect case file(path: String, CheckpointError)

  /// What was wrong, and what to do, in one line.
  public var description: String {
    switch self {
    case .format(let reason), .refused(let reason): reason
    case .tensor(let name, let reason): "tensor \(Self.quoted(name)): \(reason)"
    case .metadata(let key, let reason): "metadata \(Self.quoted(key)): \(reason)"
    case .system(let reason, let code): "\(reason): \(Self.explanation(of: code))"
    case .file(let path, let error): "\(Self.printable(path)): \(error)"
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

  /// `text` in quotation marks, short and on one line whatever a damaged file put into it.
  static func quoted(_ text: String) -> String {
    let limit = 80
    let start = text.unicodeScalars.prefix(limit + 1)
    if start.count <= limit { return "\"\(printable(text))\"" }
    var shortened = String.UnicodeScalarView()
    shortened.append(contentsOf: start.dropLast())
    return "\"\(printable(String(shortened)))…\""
  }

  /// `text` with its control characters and line separators escaped.
  private static func printable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        result += scalar.escaped(asASCII: true)
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func explanation(of code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
