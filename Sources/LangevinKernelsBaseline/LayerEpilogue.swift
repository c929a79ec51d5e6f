#if !KERNELS_OMITTED
// The epilogues of the matrix product of a layer. See `KernelTable` for the formulas.

func finishLayer(
  _ rows: Int, _ columns: Int, _ values: Output, _ stride: Int, _ bias: Input?,
  _ scales: Input?, _ conditions: UnsafePointer<Int32>?, _ activation: Int,
  _ outputs: Output, _ derivatives: Output?
) {
  unsafe finishRows(
    rows, columns, Input(values), stride, bias, scales, columns, conditions, activation, values,
    outputs, derivatives, nil, stride)
}

/// Runs `finishLayer` on `sums`, for any rows and columns of the layer.
///
/// The stride of `sums` is `strideSums`, that of `scales` is `strideScales`, and that of all others is
/// `stride`. `values` may be `sums`. The function writes `values` before `outputs`, so that the outputs
/// remain if the two share memory. Streaming stores write a copy of the outputs to `copies`. The function is
/// not inlined, so that the constants of the activation are loaded once for all rows.
@inline(never)
func finishRows(
  _ rows: Int, _ columns: Int, _ sums: Input, _ strideSums: Int, _ bias: Input?, _ scales: Input?,
  _ strideScales: Int, _ conditions: UnsafePointer<Int32>?, _ activation: Int,
  _ values: Output?, _ outputs: Output, _ derivatives: Output?, _ copies: Output?,
  _ stride: Int
) {
  // The two most frequent cases of ConditionalLinear, in training and in sampling, have loops without
  // branches.
  let isPlain = unsafe activation == softplusActivation && bias != nil && scales != nil
  if unsafe isPlain && values != nil && derivatives != nil {
    unsafe finishRows(
      rows, columns, sums, strideSums, hasBias: true, bias ?? sums, hasScales: true,
      scales ?? sums, strideScales, conditions, softplusActivation,
      keepsValues: true, values ?? outputs, outputs, keepsDerivatives: true,
      derivatives ?? outputs, copies, stride)
  } else if unsafe isPlain && values == nil && derivatives == nil {
    unsafe finishRows(
      rows, columns, sums, strideSums, hasBias: true, bias ?? sums, hasScales: true,
      scales ?? sums, strideScales, conditions, softplusActivation,
      keepsValues: false, outputs, outputs, keepsDerivatives: false, outputs, copies, stride)
  } else {
    unsafe finishOtherRows(
      rows, columns, sums, strideSums, bias, scales, strideScales, conditions, activation,
      values, outputs, derivatives, copies, stride)
  }
}

/// Handles all other cases. A separate function, because its loops would make each call of the other slower.
@inline(never)
private func finishOtherRows(
  _ rows: Int, _ columns: Int, _ sums: Input, _ strideSums: Int, _ bias: Input?, _ scales: Input?,
  _ strideScales: Int, _ conditions: UnsafePointer<Int32>?, _ activation: Int,
  _ values: Output?, _ outputs: Output, _ derivatives: Output?, _ copies: Output?,
  _ stride: Int
) {
  withConstant(activation) { activation in
    unsafe finishRows(
      rows, columns, sums, strideSums, hasBias: bias != nil, bias ?? sums,
      hasScales: scales != nil, scales ?? sums, strideScales, conditions, activation,
      keepsValues: values != nil, values ?? outputs, outputs,
      keepsDerivatives: derivatives != nil, derivatives ?? outputs, copies, stride)
  }
}

/// Absent operands may be any pointer.
@inline(__always)
private func finishRows(
  _ rows: Int, _ columns: Int, _ sums: Input, _ strideSums: Int, hasBias: Bool, _ bias: Input,
  hasScales: Bool, _ scales: Input, _ strideScales: Int, _ conditions: UnsafePointer<Int32>?,
  _ activation: Int, keepsValues: Bool, _ values: Output, _ outputs: Output,
  keepsDerivatives: Bool, _ derivatives: Output, _ copies: Output?, _ stride: Int
) {
  let streams = unsafe copies.map { unsafe isAligned($0, stride) } ?? false
  for row in 0..<rows {
    let start = row &* stride
    let sums = unsafe sums + row &* strideSums
    let scales = unsafe tableRow(scales, strideScales, conditions, row)

    @inline(__always)
    func finish(
      _ i: Int, _ load: (Input) -> VectorPair, _ store: (VectorPair, Output) -> Void,
      _ copy: (VectorPair, Output) -> Void
    ) {
      let at = start &+ i
      var value = unsafe load(sums + i)
      if hasBias { unsafe add(load(bias + i), to: &value) }
      if keepsValues { unsafe store(value, values + at) }
      if hasScales { unsafe scale(&value, by: load(scales + i)) }
      let (output, derivative) = activate(activation, value)
      unsafe store(output, outputs + at)
      if let copies = unsafe copies { unsafe copy(output, copies + at) }
      if keepsDerivatives { unsafe store(derivative, derivatives + at) }
    }
    unsafe forEachPair(columns, streams: streams, finish)
  }
}

@inline(__always)
func add(_ more: VectorPair, to pair: inout VectorPair) {
  pair = [pair[0] + more[0], pair[1] + more[1]]
}

@inline(__always)
func scale(_ pair: inout VectorPair, by factor: VectorPair) {
  pair = [pair[0] * factor[0], pair[1] * factor[1]]
}

func unfinishLayer(
  _ rows: Int, _ columns: Int, _ gradients: Output, _ stride: Int, _ derivatives: Input?,
  _ scales: Input?, _ conditions: UnsafePointer<Int32>?, _ values: Input?,
  _ scaleGradients: Output?, _ copies: Output?
) {
  unsafe unfinishRows(
    rows, columns, Input(gradients), stride, derivatives, scales, columns, conditions, values,
    scaleGradients, gradients, copies, stride)
}

/// Runs `unfinishLayer` on `sums`, with the arguments of `finishRows`.
///
/// If `copies` is not nil, streaming stores write a copy of the gradients to it, and the gradients of scales.
@inline(never)
func unfinishRows(
  _ rows: Int, _ columns: Int, _ sums: Input, _ strideSums: Int, _ derivatives: Input?,
  _ scales: Input?, _ strideScales: Int, _ conditions: UnsafePointer<Int32>?,
  _ values: Input?, _ scaleGradients: Output?,
  _ gradients: Output, _ copies: Output?, _ stride: Int
) {
  if let derivatives = unsafe derivatives, let scales = unsafe scales,
    let values = unsafe values, let scaleGradients = unsafe scaleGradients
  {
    unsafe unfinishRows(
      rows, columns, sums, strideSums, hasDerivatives: true, derivatives, hasScales: true,
      scales, strideScales, conditions, learnsScales: true, values, scaleGradients, gradients,
      copies, stride)
  } else {
    unsafe unfinishRows(
      rows, columns, sums, strideSums, hasDerivatives: derivatives != nil, derivatives ?? sums,
      hasScales: scales != nil, scales ?? sums, strideScales, conditions,
      learnsScales: values != nil && scaleGradients != nil, values ?? sums,
      scaleGradients ?? gradients, gradients, copies, stride)
  }
}

/// Absent operands may be any pointer.
@inline(__always)
private func unfinishRows(
  _ rows: Int, _ columns: Int, _ sums: Input, _ strideSums: Int, hasDerivatives: Bool,
  _ derivatives: Input, hasScales: Bool, _ scales: Input, _ strideScales: Int,
  _ conditions: UnsafePointer<Int32>?, learnsScales: Bool, _ values: Input,
  _ scaleGradients: Output, _ gradients: Output, _ copies: Output?, _ stride: Int
) {
  let streams =
    unsafe copies.map { unsafe isAligned($0, stride) } ?? false
    && (!learnsScales || isAligned(scaleGradients, stride))
  for row in 0..<rows {
    let start = row &* stride
    let sums = unsafe sums + row &* strideSums
    let scales = unsafe tableRow(scales, strideScales, conditions, row)

    @inline(__always)
    func unfinish(
      _ i: Int, _ load: (Input) -> VectorPair, _ store: (VectorPair, Output) -> Void,
      _ copy: (VectorPair, Output) -> Void
    ) {
      let at = start &+ i
      var gradient = unsafe load(sums + i)
      if hasDerivatives { unsafe scale(&gradient, by: load(derivatives + at)) }
      if learnsScales {
        var scaleGradient = unsafe load(values + at)
        scale(&scaleGradient, by: gradient)
        unsafe copy(scaleGradient, scaleGradients + at)
      }
      if hasScales { unsafe scale(&gradient, by: load(scales + i)) }
      unsafe store(gradient, gradients + at)
      if let copies = unsafe copies { unsafe copy(gradient, copies + at) }
    }
    unsafe forEachPair(columns, streams: streams, unfinish)
  }
}

/// Returns the row of `table` that `conditions` selects for `row`; the first row without conditions.
@inline(__always)
func tableRow(
  _ table: Input, _ stride: Int, _ conditions: UnsafePointer<Int32>?, _ row: Int
) -> Input {
  guard let conditions = unsafe conditions else { return unsafe table }
  return unsafe table + Int(conditions[row]) &* stride
}

func sumRowsByCondition(
  _ conditionCount: Int, _ columns: Int, _ x: Input, _ stride: Int,
  _ starts: UnsafePointer<Int32>, _ rows: UnsafePointer<Int32>, _ adds: Bool,
  _ table: Output, _ tableStride: Int
) {
  for condition in 0..<conditionCount {
    let line = unsafe table + condition &* tableStride
    var start = unsafe Int(starts[condition])
    let end = unsafe Int(starts[condition &+ 1])
    if !adds && start == end {
      unsafe line.update(repeating: 0, count: columns)
    } else if !adds {
      unsafe map(columns, x + Int(rows[start]) &* stride, line) { $0 }
      start &+= 1
    }
    for i in start..<end {
      unsafe combine(columns, Input(line), x + Int(rows[i]) &* stride, line) { $0 + $1 }
    }
  }
}
#endif
