import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

/// A network in `Double`, written as its formulas.
struct ReferenceNetwork: CustomTestStringConvertible {
  enum Part: Equatable {
    case linear(Int)
    case conditional(Int)
    case softplus
    case silu
    case gelu
    /// A positional encoding with this number of octaves.
    case waves(Int)
    /// A whole residual network, whose conditions are the levels; it must be the only part.
    case residual(
      width: Int, blocks: Int, features: Int, outputs: Int = 2, octaves: Int = 0,
      plainColumns: Int = 0, activation: Activation = .silu)
  }

  let inputs: Int
  let parts: [Part]
  let rows: Int
  var conditionCount = 3

  var testDescription: String { "\(inputs) → \(parts), \(rows) rows" }

  /// The condition of each row. A residual network has ascending levels, spread evenly over the rows;
  /// other networks repeat some conditions, and skip most of them if there are many.
  var conditions: [Int32] {
    (0..<rows).map { row in
      Int32(featureWidth == nil ? row * row % conditionCount : row * conditionCount / rows)
    }
  }

  private var featureWidth: Int? {
    if case .residual(_, _, let features, _, _, _, _) = parts.first { features } else { nil }
  }

  /// The features of each level of a residual network.
  var features: Matrix<Float>? {
    featureWidth.map { RandomStream(seed: 9).normal(rows: conditionCount, columns: $0) }
  }

  /// The network of the package with the same parts.
  var network: Network {
    if case .residual(
      let width, let blocks, let features, let outputs, let octaves, let plainColumns,
      let activation) = parts.first
    {
      var network = Network.residual(
        inputWidth: inputs, outputWidth: outputs, width: width, blocks: blocks,
        featureWidth: features, activation: activation, octaves: octaves, plainColumns: plainColumns
      ) { RandomStream(seed: 42, stream: UInt64($0)) }
      // An output layer of zeros would hide everything before it.
      for (index, name) in network.parameters.names.enumerated() where name.hasPrefix("output") {
        let shape = network.parameters[index]
        network.parameters[index] = RandomStream(seed: 43, stream: UInt64(index))
          .normal(rows: shape.rows, columns: shape.columns)
      }
      return network
    }
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
      case .softplus: layers.append(Activation.softplus)
      case .silu: layers.append(Activation.silu)
      case .gelu: layers.append(Activation.gelu)
      case .waves(let octaves):
        layers.append(PositionalEncoding(octaves: octaves))
        width *= 1 + 2 * octaves
      case .residual: preconditionFailure("a residual network has no other parts")
      }
    }
    return Network(layers, inputWidth: inputs) { RandomStream(seed: 42, stream: UInt64($0)) }
  }

  /// Returns the outputs for `input` and `conditions`; parameters are in the order of the layers.
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
      case .softplus: values = apply(.softplus, values)
      case .silu: values = apply(.silu, values)
      case .gelu: values = apply(.gelu, values)
      case .waves(let octaves):
        values = encoding(values, width, octaves, plainColumns: 0)
        width *= 1 + 2 * octaves
      case .residual(
        let hidden, let blocks, let features, _, let octaves, let plainColumns, let activation):
        values = residual(
          parameters, encoding(input, inputs, octaves, plainColumns: plainColumns),
          conditions: conditions, hidden, blocks,
          features, activation)
      }
    }
    return values
  }

  /// The formulas of `Network.residual`.
  private func residual(
    _ parameters: [[Double]], _ input: [Double], conditions: [Int32], _ width: Int, _ blocks: Int,
    _ featureWidth: Int, _ activation: Activation
  ) -> [Double] {
    let embedding = parameters.count - 4
    let hidden = apply(
      activation,
      product(
        features.map(doubles) ?? [], featureWidth, parameters[embedding],
        parameters[embedding + 1]))
    let shifts = product(hidden, width, parameters[embedding + 2], parameters[embedding + 3])
    let inputWidth = input.count / rows
    var h = product(input, inputWidth, parameters[0], parameters[1])
    for block in 0..<blocks {
      var s = product(
        apply(activation, h), width, parameters[2 + 2 * block], parameters[3 + 2 * block])
      for i in s.indices {
        let level = Int(conditions[i / width])
        s[i] += shifts[(level * blocks + block) * width + i % width]
      }
      for (i, u) in apply(activation, s).enumerated() { h[i] += u }
    }
    return product(
      apply(activation, h), width, parameters[2 + 2 * blocks], parameters[3 + 2 * blocks])
  }

  /// The formula of `PositionalEncoding`.
  private func encoding(
    _ x: [Double], _ width: Int, _ octaves: Int, plainColumns: Int
  ) -> [Double] {
    var result: [Double] = []
    for row in 0..<x.count / width {
      let line = x[row * width..<(row + 1) * width]
      let angles = line.dropLast(plainColumns).flatMap { x in
        (0..<octaves).map { 2 * .pi * pow(2, Double($0) - 3) * x }
      }
      result += line + angles.map { sin($0) } + angles.map { cos($0) }
    }
    return result
  }

  private func apply(_ activation: Activation, _ x: [Double]) -> [Double] {
    switch activation {
    case .identity: x
    case .softplus: x.map { log1p(exp($0)) }
    case .silu: x.map { $0 / (1 + exp(-$0)) }
    case .gelu: x.map { $0 * erfc(-$0 / 2.0.squareRoot()) / 2 }
    }
  }

  /// x Wᵀ + b.
  private func product(
    _ x: [Double], _ width: Int, _ weight: [Double], _ bias: [Double]
  ) -> [Double] {
    var result: [Double] = []
    let rows = x.count / width
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

/// Returns the elements in `Double`.
func doubles(_ matrix: Matrix<Float>) -> [Double] {
  let elements = matrix.elements
  return elements.indices.map { Double(elements[$0]) }
}
