import Diffusion
import Tables

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension RunConfiguration {
  /// Returns the settings that prevent resuming a run of `self` as `other`, one phrase each. The number of
  /// epochs may differ. Settings have the names of `config.json`.
  package func differences(from other: RunConfiguration) throws(CheckpointError) -> [String] {
    var (mine, theirs) = (self, other)
    theirs.training.epochs = mine.training.epochs
    // Standardization follows from the moments, which are compared below with a tolerance for rounding.
    if mine.isStandardizedByMoments && theirs.isStandardizedByMoments {
      mine.model.network.standardization = nil
      theirs.model.network.standardization = nil
    }
    (mine.moments, theirs.moments) = (nil, nil)
    if let file = mine.dataset.file, let before = theirs.dataset.file {
      // Other differences follow from this one, and would fill a page with quantiles.
      if file.digest != before.digest {
        return ["\(file.path) is not the file that it was trained on"]
      }
      if let labels = file.labels, labels.digest != before.labels?.digest {
        return ["\(labels.path) does not hold the labels that it was trained on"]
      }
      // The same bytes at another path are the same data.
      theirs.dataset.name = mine.dataset.name
      theirs.dataset.file?.path = file.path
      if let labels = file.labels { theirs.dataset.file?.labels?.path = labels.path }
      // Older runs do not record the layout of the cells, which follows from the bytes of the file.
      if mine.table?.layout == nil { theirs.table?.layout = nil }
      if file.labels?.layout == nil { theirs.dataset.file?.labels?.layout = nil }
    }
    if mine != theirs {
      let all = try JSONValue(mine).differences(from: JSONValue(theirs), at: "")
      // Others follow from how the file is read, such as the number of columns.
      let reading = all.filter { $0.hasPrefix("dataset.file.") }
      return reading.isEmpty ? all : reading
    }
    // Runs of format 1 have no moments.
    guard let moments, let others = other.moments, !moments.agree(with: others) else { return [] }
    return ["the points of \(dataset.name) have changed"]
  }
}

/// A JSON value of any kind, for comparison.
private enum JSONValue: Decodable, Equatable, CustomStringConvertible {
  case null
  case truth(Bool)
  case natural(UInt64)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(_ configuration: RunConfiguration) throws(CheckpointError) {
    let json = try configuration.json()
    do {
      self = try JSONDecoder().decode(JSONValue.self, from: Data(json))
    } catch {
      throw .format("the configuration cannot be read as JSON")
    }
  }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    // Each error says only that the value is of another kind; the last kind throws its own.
    if value.decodeNil() {
      self = .null
    } else if let truth = try? value.decode(Bool.self) {
      self = .truth(truth)
    } else if let natural = try? value.decode(UInt64.self) {
      // A `Double` cannot hold all digits of a seed.
      self = .natural(natural)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: JSONValue].self))
    }
  }

  var description: String {
    switch self {
    case .null: "not given"
    case .truth(let truth): "\(truth)"
    case .natural(let natural): "\(natural)"
    case .number(let number): "\(number)"
    case .text(let text): text
    case .list(let list) where list.contains(where: \.isObject): "\(list.count) entries"
    case .list(let list): "[\(list.map(\.description).joined(separator: ", "))]"
    case .object: "given"
    }
  }

  private var isObject: Bool { if case .object = self { true } else { false } }

  func differences(from other: JSONValue, at path: String) -> [String] {
    if self == other { return [] }
    if case .object(let mine) = self, case .object(let theirs) = other {
      return Set(mine.keys).union(theirs.keys).sorted().flatMap { key in
        (mine[key] ?? .null).differences(
          from: theirs[key] ?? .null, at: path.isEmpty ? key : "\(path).\(key)")
      }
    }
    if case .list(let mine) = self, case .list(let theirs) = other, mine.count == theirs.count,
      mine.contains(where: \.isObject)
    {
      return mine.indices.flatMap { mine[$0].differences(from: theirs[$0], at: "\(path)[\($0)]") }
    }
    return switch (self, other) {
    case (.null, _): ["\(path) is not given, but is now \(other)"]
    case (_, .null): ["\(path) is \(self), but is now not given"]
    default: ["\(path) is \(self), not \(other)"]
    }
  }
}
