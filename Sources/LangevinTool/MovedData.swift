import Checkpoints

/// The new paths of the data files that have moved since training; nil for a file that has not moved.
struct MovedData {
  var data: String?
  var labels: String?

  /// Sets the new paths in `configuration`.
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
