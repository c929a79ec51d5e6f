#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// An error whose description says in one line what was wrong, and what to do.
///
/// Without Foundation's `LocalizedError`, `localizedDescription` would be "The operation could not be
/// completed".
public protocol DescribedError: LocalizedError, CustomStringConvertible {}

extension DescribedError {
  /// The description, which is what `localizedDescription` returns.
  public var errorDescription: String? { description }

  // Foundation has these three, too. Modules that do not import it do not see them there.

  /// Nil: the description says it.
  public var failureReason: String? { nil }
  /// Nil: the description says it.
  public var recoverySuggestion: String? { nil }
  /// Nil: there is no help but the description.
  public var helpAnchor: String? { nil }
}
