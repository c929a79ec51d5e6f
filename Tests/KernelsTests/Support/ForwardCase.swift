import LangevinKernelTable

/// A forward pass of a layer to be tested: its operands and the requested results.
struct ForwardCase: Sendable {
  var shape: LayerShape
  var bias = true
  var scales = true
  /// The raw value of the activation; softplus by default.
  var activation = 1
  var values = true
  var derivatives = true
  var copies = Copies.none

  /// The stride of all results.
  var stride: Int { copies.stride(shape.columns) }

  /// All operands.
  struct Operands {
    var inputs: [Float]
    var weights: [Float]
    var bias: [Float]
    /// A table of three rows.
    var scales: [Float]
    var conditions: [Int32]

    /// Creates operands: if `exact`, inputs are whole numbers from -8 to 8 and weights multiples of
    /// 1/128, so that products and sums are exact; otherwise real numbers.
    init(_ shape: LayerShape, exact: Bool) {
      let weightCount = shape.columns * shape.inner
      inputs =
        exact ? wholes(shape.rows * shape.inner, seed: 1) : reals(shape.rows * shape.inner, seed: 1)
      weights =
        exact ? wholes(weightCount, seed: 2).map { $0 * 0x1p-7 } : reals(weightCount, seed: 2)
      bias =
        exact ? wholes(shape.columns, seed: 3).map { $0 * 0x1p-3 } : reals(shape.columns, seed: 3)
      scales = reals(3 * shape.columns, seed: 4)
      // The pattern must not repeat with the rows of a tile.
      conditions = wholes(shape.rows, seed: 5).map { (Int32($0) + 9) % 3 }
    }

    /// Returns the operands of a range of rows.
    func rows(_ range: Range<Int>, of shape: LayerShape) -> Operands {
      var part = self
      part.inputs = Array(inputs[range.lowerBound * shape.inner..<range.upperBound * shape.inner])
      part.conditions = Array(conditions[range])
      return part
    }
  }

  /// The memory of the results, including the elements between the rows.
  struct Result {
    var values: [Float]
    var outputs: [Float]
    var derivatives: [Float]
    var copies: [Float]

    /// Describes the first difference from another result; nil if there is no difference.
    func difference(from other: Result) -> String? {
      func compare(_ name: String, _ a: [Float], _ b: [Float]) -> String? {
        KernelsTests.difference(a, b).map { "\(name): \($0)" }
      }
      return compare("values", values, other.values) ?? compare("outputs", outputs, other.outputs)
        ?? compare("derivatives", derivatives, other.derivatives)
        ?? compare("copies", copies, other.copies)
    }
  }

  /// Returns the results of the kernel.
  func run(_ operands: Operands, by table: KernelTable) -> Result {
    let fillers = fillers(rows: shape.rows, columns: shape.columns, stride: stride)
    let (valueMemory, outputMemory) = (AlignedNumbers(fillers), AlignedNumbers(fillers))
    let derivativeMemory = AlignedNumbers(fillers)
    let copyMemory = AlignedNumbers(fillers, offset: copies.offset)
    let inputStride = shape.inner + 3
    let packed = AlignedNumbers(
      repeating: .nan, count: table.packedWeights(shape.columns, shape.inner))
    unsafe table.packWeights(
      shape.columns, shape.inner, operands.weights, shape.inner, packed.base)
    unsafe withScratch(of: table) { scratch in
      unsafe table.forwardLayer(
        shape.rows, shape.columns, shape.inner,
        spread(operands.inputs, columns: shape.inner, stride: inputStride), inputStride,
        operands.weights, packed.base, bias ? operands.bias : nil,
        scales ? operands.scales : nil, scales ? operands.conditions : nil, activation,
        values ? valueMemory.base : nil, outputMemory.base,
        derivatives ? derivativeMemory.base : nil, copies == .none ? nil : copyMemory.base, stride,
        scratch)
    }
    return Result(
      values: valueMemory.values, outputs: outputMemory.values,
      derivatives: derivativeMemory.values, copies: copyMemory.values)
  }

  /// Returns the expected results for the product `sums`, computed by `finishLayer`, which has its own
  /// tests.
  func expected(_ sums: [Float], _ operands: Operands, by table: KernelTable) -> Result {
    let fillers = fillers(rows: shape.rows, columns: shape.columns, stride: stride)
    var result = Result(
      values: spread(sums, columns: shape.columns, stride: stride), outputs: fillers,
      derivatives: fillers, copies: fillers)
    var spare = fillers
    let given = derivatives
    unsafe result.derivatives.withUnsafeMutableBufferPointer { derivatives in
      unsafe table.finishLayer(
        shape.rows, shape.columns, &result.values, stride, bias ? operands.bias : nil,
        scales ? operands.scales : nil, scales ? operands.conditions : nil, activation, &spare,
        given ? derivatives.baseAddress : nil)
    }
    result.outputs = spare
    if !values { result.values = fillers }
    if copies != .none { result.copies = result.outputs }
    return result
  }
}
