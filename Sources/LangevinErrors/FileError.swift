#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An error that describes why a file could not be read or replaced.
public struct FileError: DescribedError, Equatable {
  /// The path of the file.
  public var path: String
  /// The problem, and its remedy unless ``code`` implies it.
  public let reason: String
  /// The `errno` of the failed system call; nil if no system call failed.
  public let code: Int32?

  /// Creates an error for the file at `path`.
  public init(path: String, reason: String, code: Int32? = nil) {
    self.path = path
    self.reason = reason
    self.code = code
  }

  /// The problem and its remedy, in one line.
  public var description: String {
    let problem = code.map { "\(reason): \(Self.explanation(of: $0))" } ?? reason
    return "\(path.printable): \(problem)"
  }

  private static func explanation(of code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}

extension String {
  /// This text with its control characters and line separators escaped, so that it stays on one line.
  package var printable: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        result += scalar.escaped(asASCII: true)
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
