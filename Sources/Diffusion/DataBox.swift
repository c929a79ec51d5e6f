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

  /// The box of the rows of `data`. NaN are passed over; a column without other numbers has no bounds, and
  /// is from -∞ to ∞.
  public init(_ data: Matrix) {
    var minimum = [Double](repeating: .infinity, count: data.columns)
    var maximum = [Double](repeating: -.infinity, count: data.columns)
    for row in 0..<data.rows {
      for column in 0..<data.columns {
        minimum[column] = .minimum(minimum[column], Double(data[row, column]))
        maximum[column] = .maximum(maximum[column], Double(data[row, column]))
      }
    }
    for column in 0..<data.columns where minimum[column] > maximum[column] {
      (minimum[column], maximum[column]) = (-.infinity, .infinity)
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
