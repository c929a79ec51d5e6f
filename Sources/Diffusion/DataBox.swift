import LangevinPreconditions
public import LinearAlgebra

/// The smallest and largest value of each column: where estimates of the data may be clipped to.
///
/// To clip to [-1, 1], as is right for pictures, destroys other data, so samplers do it only if they are
/// told, and to the data's own box.
public struct DataBox: Sendable, Hashable, Codable {
  /// The smallest value of each column.
  public let minimum: [Double]
  /// The largest.
  public let maximum: [Double]

  /// From `minimum` to `maximum`.
  public init(minimum: [Double], maximum: [Double]) {
    require(
      minimum.count == maximum.count && zip(minimum, maximum).allSatisfy { $0 <= $1 },
      "DataBox: from \(minimum) to \(maximum) is not a box")
    self.minimum = minimum
    self.maximum = maximum
  }

  /// The box of the rows of `data`, of which there is at least one.
  public init(_ data: Matrix) {
    require(data.rows > 0, "DataBox: the data have no rows")
    var minimum = (0..<data.columns).map { Double(data[0, $0]) }
    var maximum = minimum
    for row in 1..<max(1, data.rows) {
      for column in 0..<data.columns {
        minimum[column] = min(minimum[column], Double(data[row, column]))
        maximum[column] = max(maximum[column], Double(data[row, column]))
      }
    }
    self.init(minimum: minimum, maximum: maximum)
  }

  func clip(_ states: MatrixHandle) {
    for row in 0..<states.rows {
      for column in 0..<states.columns {
        let index = row * states.stride + column
        let value = unsafe Double(states.base[index])
        unsafe states.base[index] = Float(min(max(value, minimum[column]), maximum[column]))
      }
    }
  }
}
