import Diffusion
import Tables

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What format 1 knew of a model: that of the original program.
private struct ModelOfFormat1: Decodable {
  let preset: Preset
  let dimension: Int
  let hidden: [Int]
  let steps: Int

  var model: RunConfiguration.Model {
    RunConfiguration.Model(preset: preset, dimension: dimension, hidden: hidden, steps: steps)
  }
}

/// A layout that this program does not read: what else is in it may mean something else.
private struct UnknownFormat: Error {
  let number: Int
}

extension RunConfiguration {
  /// A configuration of any format that is known becomes one of the current format.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let format = try values.decode(Int.self, forKey: .format)
    if !Self.knownFormats.contains(format) { throw UnknownFormat(number: format) }
    self.init(
      dataset: try values.decode(Dataset.self, forKey: .dataset),
      model: format == 1
        ? try values.decode(ModelOfFormat1.self, forKey: .model).model
        : try values.decode(Model.self, forKey: .model),
      training: try values.decode(Training.self, forKey: .training),
      moments: try values.decodeIfPresent(DataMoments.self, forKey: .moments),
      table: try values.decodeIfPresent(TableEncoding.self, forKey: .table))
  }
}

extension RunConfiguration {
  /// The configuration that `json` holds, checked.
  public init(json bytes: [UInt8]) throws(CheckpointError) {
    do {
      self = try JSONDecoder().decode(RunConfiguration.self, from: Data(bytes))
    } catch let error as UnknownFormat {
      throw .format(
        """
        format is \(error.number), this program reads \(Self.knownFormats); use the program that wrote it
        """)
    } catch let error as DecodingError {
      throw .format("it is not a configuration of a run: \(Self.reason(error))")
    } catch {
      throw .format("it is not JSON; use the file that training wrote")
    }
    try validate()
    try requireMoments()
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
