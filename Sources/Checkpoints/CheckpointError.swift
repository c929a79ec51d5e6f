public import LangevinErrors
import LangevinFiles
public import SafeTensors

/// An error in reading or writing a run.
public enum CheckpointError: DescribedError, Equatable {
  /// The configuration or the metrics are invalid.
  case format(String)
  /// A file of tensors is invalid.
  case tensors(SafeTensorsError)
  /// A file or folder cannot be used.
  case unusable(FileError)
  /// The value of the setting `key` of `config.json` is not allowed.
  case setting(key: String, value: String, allowed: String)
  /// The folder at `path` already holds a run; `difference` says how that run differs, if this is known.
  case existingRun(path: String, difference: String? = nil)
  /// A program has built the model of this name, and only that program can load the run.
  case customModel(String)
  /// The contents of the file at this path are invalid.
  indirect case file(path: String, CheckpointError)

  /// The problem and its remedy, in one line.
  public var description: String {
    switch self {
    case .format(let reason): reason
    case .unusable(let error): error.description
    case .tensors(let error): error.description
    case .setting(let key, let value, let allowed): "\(key) is \(value); it must be \(allowed)"
    case .existingRun(let path, let difference?):
      """
      \(path.printable): it holds another run: \(difference); use its settings, name another folder, or \
      overwrite it
      """
    case .existingRun(let path, nil):
      "\(path.printable): it already holds a run; name another folder, or overwrite it"
    case .customModel(let name):
      """
      the model \(name.printable) was built by a program; load the run there, with \
      GenerativeModel(contentsOf:as:)
      """
    case .file(let path, let error): "\(path.printable): \(error)"
    }
  }

  /// Runs `body`, and adds the file at `path` to any error that it throws.
  package static func inFile<Result>(
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

  /// Runs `body`, which reads or writes tensors.
  static func withTensors<Result>(
    _ body: () throws(SafeTensorsError) -> Result
  ) throws(CheckpointError) -> Result {
    do {
      return try body()
    } catch .unusable(let error) {
      throw .unusable(error)
    } catch {
      throw .tensors(error)
    }
  }
}
