import Foundation
import LangevinKernelTable

/// An activation of layers with its derivative; raw values are the numbers that the kernels use.
enum ActivationFunction: Int, CaseIterable, Sendable {
  case softplus = 1
  case silu
  case gelu

  /// Returns the value in `Double` from the C library, and the derivative as terms of a sum that may
  /// cancel.
  func exact(_ x: Double) -> (value: Double, derivativeTerms: [Double]) {
    let sigmoid = ElementaryFunction.sigmoid.exact(x)
    switch self {
    case .softplus: return (ElementaryFunction.softplus.exact(x), [sigmoid])
    case .silu:
      // 1 - σ(x) = σ(-x) avoids cancellation.
      return (x * sigmoid, [sigmoid, x * sigmoid * ElementaryFunction.sigmoid.exact(-x)])
    case .gelu:
      let normal = erfc(-x / 2.0.squareRoot()) / 2
      return (x * normal, [normal, x * exp(-x * x / 2) / (2 * Double.pi).squareRoot()])
    }
  }

  /// Returns the values that `table` computes for `x`, and the derivatives if requested.
  func evaluate(_ x: [Float], derivatives: Bool = true, by table: KernelTable)
    -> (values: [Float], derivatives: [Float])
  {
    var values = x
    var results = [Float](repeating: .nan, count: x.count)
    unsafe values.withUnsafeMutableBufferPointer { values in
      unsafe results.withUnsafeMutableBufferPointer { results in
        guard let base = values.baseAddress else { return }
        unsafe table.finishLayer(
          1, values.count, base, values.count, nil, nil, nil, rawValue, base,
          derivatives ? results.baseAddress : nil)
      }
    }
    return (values, results)
  }
}
