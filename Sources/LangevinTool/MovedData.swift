import Checkpoints

/// Where files of data are that have moved since training; nil where one has not.
struct MovedData {
  var data: String?
  var labels: String?

  /// Makes them the data of `configuration`.
  func apply(to configuration: inout RunConfiguration) throws {
    do {
      try configuration.moveData(to: data)
    } catch {
      throw ToolError("\(Self.dataOption) \(error)")
    }
    do {
      try configuration.moveData(to: nil, labels: labels)
    } catch {
      throw ToolError("\(Self.labelsOption) \(error)")
    }
  }

  static let dataOption = "--data"
  static let labelsOption = "--labels"
}
