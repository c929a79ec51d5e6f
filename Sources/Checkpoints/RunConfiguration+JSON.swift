import Diffusion
import Tables

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// An error for a format that this program does not read.
private struct UnknownFormat: Error {
  let number: Int
}

extension RunConfiguration {
  /// Decodes a configuration of the current format, or converts one of an earlier format.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let format = try values.decode(Int.self, forKey: .format)
    if !Self.knownFormats.contains(format) { throw UnknownFormat(number: format) }
    if FormerConfiguration.formats.contains(format) {
      self = try FormerConfiguration(from: decoder).converted()
      return
    }
    self.init(
      dataset: try values.decode(Dataset.self, forKey: .dataset),
      model: try values.decode(Model.self, forKey: .model),
      training: try values.decode(Training.self, forKey: .training),
      moments: try values.decodeIfPresent(DataMoments.self, forKey: .moments),
      table: try values.decodeIfPresent(TableEncoding.self, forKey: .table))
  }

  /// Reads and validates the configuration in `json`.
  public init(json bytes: [UInt8]) throws(CheckpointError) {
    do {
      self = try JSONDecoder().decode(RunConfiguration.self, from: Data(bytes))
    } catch let error as CheckpointError {
      throw error
    } catch let error as UnknownFormat {
      throw .format(
        """
        format is \(error.number), but this program reads \(Self.knownFormats); use the program that wrote it
        """)
    } catch let error as DecodingError {
      throw .format("\(Self.reason(error)); restore the file that training wrote")
    } catch {
      throw .format("it is not JSON; restore the file that training wrote")
    }
    try validate()
    try requireMoments()
  }

  /// Returns the configuration as JSON. Equal configurations give equal bytes.
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
      let keys = context.codingPath + (last.map { [$0] } ?? [])
      return keys.isEmpty ? "it" : keys.map(\.stringValue).joined(separator: ".")
    }
    func name(_ type: Any.Type) -> String {
      switch type {
      case is Bool.Type: "true or false"
      case is any FixedWidthInteger.Type: "an integer"
      case is any FloatingPoint.Type: "a number"
      case is String.Type: "a text"
      case is [Any].Type: "a list"
      default: "an object"
      }
    }
    return switch error {
    case .keyNotFound(let key, let context): "\(path(context, key)) is missing"
    case .typeMismatch(let type, let context): "\(path(context)) is not \(name(type))"
    case .valueNotFound(let type, let context): "\(path(context)) is null, not \(name(type))"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty ? "it is not JSON" : "\(path(context)) cannot be read"
    @unknown default: "it cannot be read"
    }
  }
}
