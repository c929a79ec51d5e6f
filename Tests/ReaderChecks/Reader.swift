/// A reader of untrusted files, and the conditions that must hold for any content.
///
/// The fuzzer searches for bytes that violate the conditions; the tests replay those it has found.
public enum Reader: String, Sendable, CaseIterable {
  case csv
  case npy
  case safetensors
  case config

  /// Returns the problem with reading `bytes`; nil if there is no problem.
  ///
  /// A reader may reject them with one line of text. Otherwise it must be possible to use the result, to
  /// write it, and to read it again unchanged.
  public func problem(with bytes: [UInt8]) -> String? {
    switch self {
    case .csv: Self.problemWithCSV(bytes)
    case .npy: Self.problemWithNPY(bytes)
    case .safetensors: Self.problemWithSafeTensors(bytes)
    case .config: Self.problemWithConfiguration(bytes)
    }
  }

  /// Returns the problem with the text of a refusal, which must be one line; nil if there is no problem.
  static func problem(withRefusal text: String) -> String? {
    if text.isEmpty { return "it is rejected without a reason" }
    let breaks = text.unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
    return breaks ? "the reason for its rejection has several lines: \(text.debugDescription)" : nil
  }
}
