import Foundation
import LangevinKernelTable
import Testing

/// A function of one variable that the kernels compute.
enum ElementaryFunction: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case exponential
  case logarithmOnePlus
  case softplus
  case sigmoid
  case exponentialMinusOne
  case logarithm
  case hyperbolicTangent
  case squareRoot

  var testDescription: String { rawValue }

  /// Returns the implementation of this function in `table`.
  func kernel(of table: ElementKernels) -> ElementKernels.Map {
    switch self {
    case .exponential: unsafe table.exponential
    case .logarithmOnePlus: unsafe table.logarithmOnePlus
    case .softplus: unsafe table.softplus
    case .sigmoid: unsafe table.sigmoid
    case .exponentialMinusOne: unsafe table.exponentialMinusOne
    case .logarithm: unsafe table.logarithm
    case .hyperbolicTangent: unsafe table.hyperbolicTangent
    case .squareRoot: unsafe table.squareRoot
    }
  }

  /// Returns the value in `Double` from the C library, which is some 2²⁹ times as precise as `Float`.
  func exact(_ x: Double) -> Double {
    switch self {
    case .exponential: return exp(x)
    case .logarithmOnePlus: return log1p(x)
    case .softplus: return max(x, 0) + log1p(exp(-x.magnitude))
    case .sigmoid:
      let z = exp(-x.magnitude)
      return x < 0 ? z / (1 + z) : 1 / (1 + z)
    case .exponentialMinusOne: return expm1(x)
    case .logarithm: return log(x)
    case .hyperbolicTangent: return tanh(x)
    case .squareRoot: return x.squareRoot()
    }
  }
}

/// The largest error of a function over a set of arguments, and where it occurs.
struct WorstError: Sendable {
  var ulps = 0.0
  var argument: Float = 0
  var value: Float = 0

  mutating func merge(_ other: WorstError) {
    if other.ulps > ulps { self = other }
  }
}

/// Returns the worst error of each table over the arguments of `function` with the bit patterns `first`,
/// `first + stride`, … (`count` of them, modulo 2³²).
///
/// The exact values are computed once for all tables. The loops use buffers, which are also fast enough
/// in a debug build.
func worstErrors(
  of function: ElementaryFunction, tables: [ElementKernels], first: UInt32, stride: UInt32,
  count: Int
) -> [WorstError] {
  var arguments = [Float](repeating: 0, count: count)
  var exact = [Double](repeating: 0, count: count)
  unsafe arguments.withUnsafeMutableBufferPointer { arguments in
    unsafe exact.withUnsafeMutableBufferPointer { exact in
      var pattern = first
      for i in 0..<count {
        let x = Float(bitPattern: pattern)
        unsafe arguments[i] = x
        unsafe exact[i] = function.exact(Double(x))
        pattern &+= stride
      }
    }
  }
  return tables.map { table in
    let values = unsafe mapped(arguments, by: function.kernel(of: table))
    var worst = WorstError()
    unsafe values.withUnsafeBufferPointer { values in
      unsafe exact.withUnsafeBufferPointer { exact in
        for i in 0..<count {
          let error = unsafe ulps(values[i], from: exact[i])
          if error > worst.ulps {
            worst = unsafe WorstError(ulps: error, argument: arguments[i], value: values[i])
          }
        }
      }
    }
    return worst
  }
}
