import Diffusion

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension RunConfiguration {
  /// The configuration that `json` holds, checked.
  public init(json bytes: [UInt8]) throws(CheckpointError) {
    do {
      self = try JSONDecoder().decode(RunConfiguration.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw .format("it is not a configuration of a run: \(Self.reason(error))")
    } catch {
      throw .format("it is not JSON; use the file that training wrote")
    }
    try validate()
  }

  /// As JSON, with sorted keys: equal configurations are equal bytes.
  public func json() throws(CheckpointError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    do {
      return [UInt8](try encoder.encode(self)) + [UInt8(ascii: "\n")]
    } catch {
      throw .format("the configuration cannot be written as JSON: a number is not finite")
    }
  }

  private static func reason(_ error: DecodingError) -> String {
    func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
      (context.codingPath + (last.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
    }
    return switch error {
    case .keyNotFound(let key, let context): "\(path(context, key)) is missing"
    case .typeMismatch(let type, let context): "\(path(context)) is not of type \(type)"
    case .valueNotFound(let type, let context): "\(path(context)) is null, not of type \(type)"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty ? "it is not JSON" : "\(path(context)) cannot be read"
    @unknown default: "it cannot be read"
    }
  }
}
