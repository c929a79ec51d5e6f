import LangevinKernelTable

/// A layer on a residual stream to be tested, forward or backward: its operands and the requested
/// results.
struct ResidualCase: Sendable {
  var shape: LayerShape
  var activation = ActivationFunction.silu
  /// Whether the layer adds to the stream or starts it.
  var isBlock = true
  /// Whether the forward pass stores derivatives.
  var derivatives = true
  /// Whether the backward pass gets a gradient of the stream.
  var adds = true
  var copies = Copies.none

  /// The stride of all results.
  var stride: Int { copies.stride(shape.columns) }
  /// The stride of the shifts.
  var shiftStride: Int { shape.columns + 3 }

  /// All operands.
  struct Operands {
    /// Rows × inner.
    var inputs: [Float]
    /// Columns × inner forward, inner × columns backward.
    var weights: [Float]
    var bias: [Float]
    /// Three rows.
    var shifts: [Float]
    var conditions: [Int32]
    var stream: [Float]
    var derivatives: [Float]
    var innerDerivatives: [Float]

    /// Creates operands whose products and sums over the inner dimension are exact.
    init(_ shape: LayerShape) {
      let count = shape.rows * shape.columns
      inputs = wholes(shape.rows * shape.inner, seed: 1)
      weights = wholes(shape.columns * shape.inner, seed: 2).map { $0 * 0x1p-7 }
      bias = reals(shape.columns, seed: 3)
      shifts = reals(3 * shape.columns, seed: 4)
      conditions = wholes(shape.rows, seed: 5).map { (Int32($0) + 9) % 3 }
      stream = reals(count, seed: 6)
      derivatives = reals(count, seed: 7)
      innerDerivatives = reals(count, seed: 8)
    }
  }

  /// The memory of the results by name, including the elements between the rows.
  typealias Results = [String: [Float]]

  private func spread(_ elements: [Float]) -> [Float] {
    KernelsTests.spread(elements, columns: shape.columns, stride: stride)
  }

  private var fillers: [Float] {
    KernelsTests.fillers(rows: shape.rows, columns: shape.columns, stride: stride)
  }

  /// Returns the results of the forward kernel: fused, or for the product `sums`.
  func forward(_ operands: Operands, sums: [Float]? = nil, by table: KernelTable) -> Results {
    let outputs = AlignedNumbers(sums.map(spread) ?? fillers)
    let stream = AlignedNumbers(spread(operands.stream))
    let (inner, outer) = (AlignedNumbers(fillers), AlignedNumbers(fillers))
    let copyMemory = AlignedNumbers(fillers, offset: copies.offset)
    let shifts = KernelsTests.spread(
      operands.shifts, columns: shape.columns, stride: shiftStride)
    if sums != nil {
      unsafe table.finishResidual(
        shape.rows, shape.columns, outputs.base, stride, operands.bias, isBlock ? shifts : nil,
        shiftStride, operands.conditions, activation.rawValue, stream.base,
        derivatives && isBlock ? inner.base : nil, derivatives ? outer.base : nil)
    } else {
      let packed = AlignedNumbers(
        repeating: .nan, count: table.packedWeights(shape.columns, shape.inner))
      unsafe table.packWeights(
        shape.columns, shape.inner, operands.weights, shape.inner, packed.base)
      unsafe withScratch(of: table) { scratch in
        unsafe table.forwardResidual(
          shape.rows, shape.columns, shape.inner,
          KernelsTests.spread(operands.inputs, columns: shape.inner, stride: shape.inner + 3),
          shape.inner + 3, operands.weights, packed.base, operands.bias, isBlock ? shifts : nil,
          shiftStride, operands.conditions, activation.rawValue, stream.base, outputs.base,
          derivatives && isBlock ? inner.base : nil, derivatives ? outer.base : nil,
          copies == .none ? nil : copyMemory.base, stride, scratch)
      }
    }
    return [
      "outputs": outputs.values, "stream": stream.values, "inner derivatives": inner.values,
      "derivatives": outer.values, "copies": copyMemory.values,
    ]
  }

  /// Returns the expected results for the product `sums`. Each operation rounds once; the activations
  /// come from `finishLayer`, which has its own tests.
  func expectedForward(
    _ sums: [Float], _ operands: Operands, by table: KernelTable
  ) -> Results {
    var s = sums
    for i in s.indices {
      let (row, j) = (i / shape.columns, i % shape.columns)
      s[i] += operands.bias[j]
      if isBlock { s[i] += operands.shifts[Int(operands.conditions[row]) * shape.columns + j] }
    }
    let inner = activation.evaluate(s, by: table)
    let stream = isBlock ? zip(operands.stream, inner.values).map { $0 + $1 } : s
    let outer = activation.evaluate(stream, by: table)
    return [
      "outputs": spread(outer.values), "stream": spread(stream),
      "inner derivatives": derivatives && isBlock ? spread(inner.derivatives) : fillers,
      "derivatives": derivatives ? spread(outer.derivatives) : fillers,
      "copies": copies == .none ? fillers : spread(outer.values),
    ]
  }

  /// Returns the results of the backward kernel: fused, or for the product `sums`.
  func backward(_ operands: Operands, sums: [Float]? = nil, by table: KernelTable) -> Results {
    let gradients = AlignedNumbers(sums.map(spread) ?? fillers)
    let stream = AlignedNumbers(spread(operands.stream))
    let copyMemory = AlignedNumbers(fillers, offset: copies.offset)
    let (outer, inner) = (spread(operands.derivatives), spread(operands.innerDerivatives))
    if sums != nil {
      unsafe table.unfinishResidual(
        shape.rows, shape.columns, gradients.base, stride, outer, isBlock ? inner : nil,
        stream.base, adds, copies == .none ? nil : copyMemory.base)
    } else {
      unsafe withScratch(of: table) { scratch in
        unsafe table.backwardResidual(
          shape.rows, shape.columns, shape.inner,
          KernelsTests.spread(operands.inputs, columns: shape.inner, stride: shape.inner + 3),
          shape.inner + 3, operands.weights, outer, isBlock ? inner : nil, stream.base, adds,
          gradients.base, copies == .none ? nil : copyMemory.base, stride, scratch)
      }
    }
    return [
      "gradients": gradients.values, "stream": stream.values, "copies": copyMemory.values,
    ]
  }

  /// Returns the expected results for the product `sums`. Each operation rounds once.
  func expectedBackward(_ sums: [Float], _ operands: Operands) -> Results {
    let stream = sums.indices.map { i in
      let gradient = sums[i] * operands.derivatives[i]
      return adds ? gradient + operands.stream[i] : gradient
    }
    let gradients = isBlock ? zip(stream, operands.innerDerivatives).map { $0 * $1 } : stream
    return [
      "gradients": spread(gradients), "stream": spread(isBlock ? stream : operands.stream),
      "copies": copies == .none ? fillers : spread(gradients),
    ]
  }
}

/// Describes the first difference between two sets of results; nil if there is no difference.
func difference(_ a: ResidualCase.Results, _ b: ResidualCase.Results) -> String? {
  for (name, expected) in b {
    if let difference = difference(a[name] ?? [], expected) { return "\(name): \(difference)" }
  }
  return nil
}
