import LangevinPreconditions
public import LinearAlgebra

/// The smallest and largest value of each column, to which a sampler can clip its estimates of the data.
///
/// Clipping to [-1, 1] is right for images but destroys other data. Samplers therefore clip only on
/// request, and to the box of the data.
public struct DataBox: Sendable, Hashable, Codable {
  /// The smallest value of each column.
  public let minimum: [Double]
  /// The largest value of each column.
  public let maximum: [Double]

  /// Creates the box from `minimum` to `maximum`.
  public init(minimum: [Double], maximum: [Double]) {
    require(
      minimum.count == maximum.count && zip(minimum, maximum).allSatisfy { $0 <= $1 },
      "DataBox: minimum \(minimum) must have the columns of maximum \(maximum), and not exceed it")
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Creates the box of the rows of `data`, ignoring NaN.
  ///
  /// A column without any number other than NaN has no bounds: its values are -∞ and ∞.
  public init(_ data: Matrix<Float>) {
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

  func clip(_ states: MatrixHandle<Float>) {
    for row in 0..<states.rows {
      for column in 0..<states.columns {
        let index = row * states.stride + column
        let value = unsafe Double(states.base[index])
        unsafe states.base[index] = Float(min(max(value, minimum[column]), maximum[column]))
      }
    }
  }
}
