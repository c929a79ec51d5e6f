import LangevinKernelTable

/// A backward pass of a layer to be tested: its operands and the requested results.
struct BackwardCase: Sendable {
  /// The memory for the gradients of the scales.
  enum ScaleGradients: CaseIterable, Sendable {
    case none
    /// They overwrite the values.
    case inPlace
    case apart
    /// Separate memory that is not aligned to a vector.
    case unaligned
  }

  var shape: LayerShape
  var derivatives = true
  var scales = true
  var scaleGradients = ScaleGradients.inPlace
  var copies = Copies.none

  /// The stride of all results.
  var stride: Int { copies.stride(shape.columns) }

  /// All operands.
  struct Operands {
    /// Rows × inner.
    var gradients: [Float]
    /// Inner × columns.
    var weights: [Float]
    var derivatives: [Float]
    /// A table of three rows.
    var scales: [Float]
    var conditions: [Int32]
    var values: [Float]

    init(_ shape: LayerShape, exact: Bool) {
      let (count, weightCount) = (shape.rows * shape.inner, shape.inner * shape.columns)
      gradients = exact ? wholes(count, seed: 11) : reals(count, seed: 11)
      weights = exact ? wholes(weightCount, seed: 12) : reals(weightCount, seed: 12)
      derivatives = reals(shape.rows * shape.columns, seed: 13)
      scales = reals(3 * shape.columns, seed: 14)
      // The pattern must not repeat with the rows of a tile.
      conditions = wholes(shape.rows, seed: 5).map { (Int32($0) + 9) % 3 }
      values = reals(shape.rows * shape.columns, seed: 15)
    }

    /// Returns the operands of a range of rows.
    func rows(_ range: Range<Int>, of shape: LayerShape) -> Operands {
      func cut(_ x: [Float], _ columns: Int) -> [Float] {
        Array(x[range.lowerBound * columns..<range.upperBound * columns])
      }
      var part = self
      part.gradients = cut(gradients, shape.inner)
      part.derivatives = cut(derivatives, shape.columns)
      part.values = cut(values, shape.columns)
      part.conditions = Array(conditions[range])
      return part
    }
  }

  /// The memory of the results, including the elements between the rows.
  struct Result {
    var gradients: [Float]
    var values: [Float]
    var scaleGradients: [Float]
    var copies: [Float]

    /// Describes the first difference from another result; nil if there is no difference.
    func difference(from other: Result) -> String? {
      func compare(_ name: String, _ a: [Float], _ b: [Float]) -> String? {
        KernelsTests.difference(a, b).map { "\(name): \($0)" }
      }
      return compare("gradients", gradients, other.gradients)
        ?? compare("values", values, other.values)
        ?? compare("gradients of scales", scaleGradients, other.scaleGradients)
        ?? compare("copies", copies, other.copies)
    }
  }

  /// Returns the results of the kernel.
  func run(_ operands: Operands, by table: KernelTable) -> Result {
    let fillers = fillers(rows: shape.rows, columns: shape.columns, stride: stride)
    let gradientMemory = AlignedNumbers(fillers)
    let valueMemory = AlignedNumbers(
      spread(operands.values, columns: shape.columns, stride: stride))
    let scaleMemory = AlignedNumbers(fillers, offset: scaleGradients == .unaligned ? 3 : 0)
    let copyMemory = AlignedNumbers(fillers, offset: copies.offset)
    let gradientStride = shape.inner + 3
    let learns = scaleGradients != .none
    let target = scaleGradients == .inPlace ? valueMemory : scaleMemory
    unsafe withScratch(of: table) { scratch in
      unsafe table.backwardLayer(
        shape.rows, shape.columns, shape.inner,
        spread(operands.gradients, columns: shape.inner, stride: gradientStride), gradientStride,
        operands.weights,
        derivatives ? spread(operands.derivatives, columns: shape.columns, stride: stride) : nil,
        scales ? operands.scales : nil, scales ? operands.conditions : nil,
        learns ? valueMemory.base : nil, learns ? target.base : nil, gradientMemory.base,
        copies == .none ? nil : copyMemory.base, stride, scratch)
    }
    return Result(
      gradients: gradientMemory.values, values: valueMemory.values,
      scaleGradients: scaleMemory.values, copies: copyMemory.values)
  }

  /// Returns the expected results for the product `sums`, by the formulas of `unfinishLayer`. Each
  /// operation rounds once, so the bits equal those of the kernel.
  func expected(_ sums: [Float], _ operands: Operands) -> Result {
    var gradients = sums
    var scaleGradients = sums
    for row in 0..<shape.rows {
      for j in 0..<shape.columns {
        let i = row * shape.columns + j
        let ds = derivatives ? sums[i] * operands.derivatives[i] : sums[i]
        scaleGradients[i] = ds * operands.values[i]
        let scale = operands.scales[Int(operands.conditions[row]) * shape.columns + j]
        gradients[i] = scales ? ds * scale : ds
      }
    }
    func spread(_ elements: [Float]) -> [Float] {
      KernelsTests.spread(elements, columns: shape.columns, stride: stride)
    }
    let fillers = fillers(rows: shape.rows, columns: shape.columns, stride: stride)
    let isApart = self.scaleGradients == .apart || self.scaleGradients == .unaligned
    return Result(
      gradients: spread(gradients),
      values: spread(self.scaleGradients == .inPlace ? scaleGradients : operands.values),
      scaleGradients: isApart ? spread(scaleGradients) : fillers,
      copies: copies == .none ? fillers : spread(gradients))
  }
}
