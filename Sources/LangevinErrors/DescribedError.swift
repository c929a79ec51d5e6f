#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// An error whose description states the problem and its remedy in one line.
///
/// Without Foundation's `LocalizedError`, `localizedDescription` would be "The operation could not be
/// completed".
public protocol DescribedError: LocalizedError, CustomStringConvertible {}

extension DescribedError {
  /// The description, which `localizedDescription` returns as well.
  public var errorDescription: String? { description }

  // Foundation declares these three as well, but modules that do not import it do not see those declarations.

  /// Nil, because the description contains the reason.
  public var failureReason: String? { nil }
  /// Nil, because the description contains the remedy.
  public var recoverySuggestion: String? { nil }
  /// Nil, because there is no help beyond the description.
  public var helpAnchor: String? { nil }
}
