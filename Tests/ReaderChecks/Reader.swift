/// A reader of files that anybody may have made, and what must hold whatever is in them.
///
/// The fuzzer looks for bytes of which it does not hold, and the tests go through those it has found.
public enum Reader: String, Sendable, CaseIterable {
  case csv
  case npy
  case safetensors
  case config

  /// What is wrong with how `bytes` are read; nil if nothing is.
  ///
  /// They may be refused in a line of text. If they are not, what was read can be used, written, and
  /// read again as the same.
  public func problem(with bytes: [UInt8]) -> String? {
    switch self {
    case .csv: Self.problemWithCSV(bytes)
    case .npy: Self.problemWithNPY(bytes)
    case .safetensors: Self.problemWithSafeTensors(bytes)
    case .config: Self.problemWithConfiguration(bytes)
    }
  }

  /// What is wrong with a refusal of this text, which is to be one line.
  static func problem(withRefusal text: String) -> String? {
    if text.isEmpty { return "it is refused without a reason" }
    let breaks = text.unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
    return breaks ? "the reason of its refusal is more than a line: \(text.debugDescription)" : nil
  }
}
