// What surrounds the matrix product of a layer. See `KernelTable` for the formulas.

func finishLayer(
  _ rows: Int, _ columns: Int, _ values: Output, _ stride: Int, _ bias: Input?,
  _ scales: Input?, _ conditions: UnsafePointer<Int32>?, _ softplus: Bool,
  _ outputs: Output, _ derivatives: Output?
) {
  for row in 0..<rows {
    let values = unsafe values + row &* stride
    let outputs = unsafe outputs + row &* stride
    let derivatives = unsafe derivatives.map { unsafe $0 + row &* stride }
    let scales = unsafe scaleRow(scales, conditions, row, columns)

    @inline(__always)
    func finish(
      _ value: FloatVector, _ bias: FloatVector?, _ scale: FloatVector?
    ) -> (value: FloatVector, output: FloatVector, derivative: FloatVector) {
      let shifted = if let bias { value + bias } else { value }
      let scaled = if let scale { shifted * scale } else { shifted }
      guard softplus else { return (shifted, scaled, scaled) }
      let (output, derivative) = softplusAndSigmoid(scaled)
      return (shifted, output, derivative)
    }

    // `values` first: where `outputs` is the same memory, the output is what must remain.
    forEachVector(columns) { i in
      let result = unsafe finish(
        load(values + i), bias.map { unsafe load($0 + i) }, scales.map { unsafe load($0 + i) })
      unsafe store(result.value, values + i)
      unsafe store(result.output, outputs + i)
      if softplus, let derivatives = unsafe derivatives {
        unsafe store(result.derivative, derivatives + i)
      }
    } _: { i, rest in
      let result = unsafe finish(
        load(first: rest, Input(values + i)), bias.map { unsafe load(first: rest, $0 + i) },
        scales.map { unsafe load(first: rest, $0 + i) })
      unsafe store(result.value, first: rest, values + i)
      unsafe store(result.output, first: rest, outputs + i)
      if softplus, let derivatives = unsafe derivatives {
        unsafe store(result.derivative, first: rest, derivatives + i)
      }
    }
  }
}

func unfinishLayer(
  _ rows: Int, _ columns: Int, _ gradients: Output, _ stride: Int, _ derivatives: Input?,
  _ scales: Input?, _ conditions: UnsafePointer<Int32>?, _ values: Output?
) {
  for row in 0..<rows {
    let gradients = unsafe gradients + row &* stride
    let derivatives = unsafe derivatives.map { unsafe $0 + row &* stride }
    let values = unsafe values.map { unsafe $0 + row &* stride }
    let scales = unsafe scaleRow(scales, conditions, row, columns)

    forEachVector(columns) { i in
      var gradient = unsafe load(gradients + i)
      if let derivatives = unsafe derivatives { unsafe gradient *= load(derivatives + i) }
      if let values = unsafe values { unsafe store(gradient * load(values + i), values + i) }
      if let scales = unsafe scales { unsafe gradient *= load(scales + i) }
      unsafe store(gradient, gradients + i)
    } _: { i, rest in
      var gradient = unsafe load(first: rest, Input(gradients + i))
      if let derivatives = unsafe derivatives {
        unsafe gradient *= load(first: rest, derivatives + i)
      }
      if let values = unsafe values {
        unsafe store(gradient * load(first: rest, Input(values + i)), first: rest, values + i)
      }
      if let scales = unsafe scales { unsafe gradient *= load(first: rest, scales + i) }
      unsafe store(gradient, first: rest, gradients + i)
    }
  }
}

/// The row of the table `scales` that `conditions` names for `row`.
@inline(__always)
private func scaleRow(
  _ scales: Input?, _ conditions: UnsafePointer<Int32>?, _ row: Int, _ columns: Int
) -> Input? {
  guard let scales = unsafe scales, let conditions = unsafe conditions else { return nil }
  return unsafe scales + Int(conditions[row]) &* columns
}

func sumColumns(_ rows: Int, _ columns: Int, _ x: Input, _ stride: Int, _ sums: Output) {
  forEachVector(columns) { i in
    var total = FloatVector.zero
    for row in 0..<rows { unsafe total += load(x + (row &* stride &+ i)) }
    unsafe store(total, sums + i)
  } _: { i, rest in
    var total = FloatVector.zero
    for row in 0..<rows { unsafe total += load(first: rest, x + (row &* stride &+ i)) }
    unsafe store(total, first: rest, sums + i)
  }
}

func addRowsByCondition(
  _ rows: Int, _ columns: Int, _ x: Input, _ stride: Int,
  _ conditions: UnsafePointer<Int32>, _ table: Output, _ tableStride: Int
) {
  for row in 0..<rows {
    let target = unsafe table + Int(conditions[row]) &* tableStride
    unsafe combine(columns, Input(target), x + row &* stride, target) { $0 + $1 }
  }
}
