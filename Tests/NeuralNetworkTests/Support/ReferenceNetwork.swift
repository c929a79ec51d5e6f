import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

/// A network in `Double`, written down as the formulas are.
struct ReferenceNetwork: CustomTestStringConvertible {
  enum Part: Equatable {
    case linear(Int)
    case conditional(Int)
    case softplus
  }

  let inputs: Int
  let parts: [Part]
  let rows: Int
  var conditionCount = 3

  var testDescription: String { "\(inputs) → \(parts), \(rows) rows" }

  /// The package's network of the same parts.
  var network: Network {
    var width = inputs
    var layers: [any Layer] = []
    for (index, part) in parts.enumerated() {
      switch part {
      case .linear(let outputs):
        layers.append(Linear("layer\(index)", inputs: width, outputs: outputs))
        width = outputs
      case .conditional(let outputs):
        layers.append(
          ConditionalLinear(
            "layer\(index)", inputs: width, outputs: outputs, conditions: conditionCount))
        width = outputs
      case .softplus: layers.append(Softplus())
      }
    }
    return Network(layers, inputWidth: inputs) { RandomStream(seed: 42, stream: UInt64($0)) }
  }

  /// The outputs for `input`, under `conditions`; the parameters lie in the order of the layers.
  func outputs(
    _ parameters: [[Double]], _ input: [Double], conditions: [Int32]
  ) -> [Double] {
    var next = 0
    var width = inputs
    var values = input
    for part in parts {
      switch part {
      case .linear(let outputs):
        values = product(values, width, parameters[next], parameters[next + 1])
        (width, next) = (outputs, next + 2)
      case .conditional(let outputs):
        values = product(values, width, parameters[next], parameters[next + 1])
        let table = parameters[next + 2]
        for i in values.indices {
          values[i] *= table[Int(conditions[i / outputs]) * outputs + i % outputs]
        }
        (width, next) = (outputs, next + 3)
      case .softplus: values = values.map { log1p(exp($0)) }
      }
    }
    return values
  }

  /// x Wᵀ + b.
  private func product(
    _ x: [Double], _ width: Int, _ weight: [Double], _ bias: [Double]
  ) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(rows * bias.count)
    for row in 0..<rows {
      for output in bias.indices {
        var sum = bias[output]
        for k in 0..<width { sum += x[row * width + k] * weight[output * width + k] }
        result.append(sum)
      }
    }
    return result
  }
}

/// The elements in `Double`.
func doubles(_ matrix: Matrix) -> [Double] {
  let elements = matrix.elements
  return elements.indices.map { Double(elements[$0]) }
}
