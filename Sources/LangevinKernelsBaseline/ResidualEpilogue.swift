#if !KERNELS_OMITTED
// The epilogues of the matrix product of a layer on a residual stream. See `KernelTable` for the formulas.

func finishResidual(
  _ rows: Int, _ columns: Int, _ sums: Output, _ stride: Int, _ bias: Input, _ shifts: Input?,
  _ strideShifts: Int, _ conditions: UnsafePointer<Int32>, _ activation: Int, _ stream: Output,
  _ innerDerivatives: Output?, _ derivatives: Output?
) {
  unsafe finishResidualRows(
    rows, columns, sums, stride, bias, shifts, strideShifts, conditions, activation, stream, sums,
    innerDerivatives, derivatives, nil, stride)
}

/// Runs `finishResidual` on `sums`, for any rows and columns of the layer.
///
/// The stride of `sums` is `strideSums`, that of `shifts` is `strideShifts`, and that of all others is
/// `stride`. The function overwrites `sums`; `outputs` may be the same memory. Streaming stores write a copy
/// of the outputs to `copies`.
///
/// Two loops run over a tile in the first-level cache. In a single loop, the second activation would wait for
/// the first, and the processor does not look far enough ahead to fill the time.
func finishResidualRows(
  _ rows: Int, _ columns: Int, _ sums: Output, _ strideSums: Int, _ bias: Input,
  _ shifts: Input?, _ strideShifts: Int, _ conditions: UnsafePointer<Int32>, _ activation: Int,
  _ residual: Output, _ outputs: Output, _ innerDerivatives: Output?, _ derivatives: Output?,
  _ copies: Output?, _ stride: Int
) {
  if let shifts = unsafe shifts {
    unsafe activateShiftedRows(
      rows, columns, sums, strideSums, bias, shifts, strideShifts, conditions, activation,
      innerDerivatives, stride)
  }
  unsafe activateResidualRows(
    rows, columns, Input(sums), strideSums, bias, isBlock: shifts != nil, activation, residual,
    outputs, derivatives, copies, stride)
}

/// Computes `sums ← φ(s)` and `derivatives ← φ'(s)` with `s = sums + bias + shifts[c]`.
@inline(never)
private func activateShiftedRows(
  _ rows: Int, _ columns: Int, _ sums: Output, _ strideSums: Int, _ bias: Input,
  _ shifts: Input, _ strideShifts: Int, _ conditions: UnsafePointer<Int32>, _ activation: Int,
  _ derivatives: Output?, _ stride: Int
) {
  @inline(__always)
  func activateRows(_ activation: Int, keepsDerivatives: Bool, _ derivatives: Output) {
    for row in 0..<rows {
      let sums = unsafe sums + row &* strideSums
      let shifts = unsafe tableRow(shifts, strideShifts, conditions, row)
      let derivatives = unsafe derivatives + row &* stride

      @inline(__always)
      func finish(
        _ i: Int, _ load: (Input) -> VectorPair, _ store: (VectorPair, Output) -> Void,
        _: (VectorPair, Output) -> Void
      ) {
        var value = unsafe load(Input(sums + i))
        unsafe add(load(bias + i), to: &value)
        unsafe add(load(shifts + i), to: &value)
        let (inner, derivative) = activate(activation, value)
        unsafe store(inner, sums + i)
        if keepsDerivatives { unsafe store(derivative, derivatives + i) }
      }
      unsafe forEachPair(columns, streams: false, finish)
    }
  }
  withConstant(activation) { activation in
    if let derivatives = unsafe derivatives {
      unsafe activateRows(activation, keepsDerivatives: true, derivatives)
    } else {
      unsafe activateRows(activation, keepsDerivatives: false, sums)
    }
  }
}

/// Computes `outputs ← φ(h)` and `derivatives ← φ'(h)` for the updated stream h.
///
/// The update is `h ← h + sums` for a block, and `h ← sums + bias` otherwise.
@inline(never)
private func activateResidualRows(
  _ rows: Int, _ columns: Int, _ sums: Input, _ strideSums: Int, _ bias: Input, isBlock: Bool,
  _ activation: Int, _ residual: Output, _ outputs: Output, _ derivatives: Output?,
  _ copies: Output?, _ stride: Int
) {
  let streams = unsafe copies.map { unsafe isAligned($0, stride) } ?? false

  @inline(__always)
  func activateRows(_ activation: Int, keepsDerivatives: Bool, _ derivatives: Output) {
    for row in 0..<rows {
      let start = row &* stride
      let sums = unsafe sums + row &* strideSums

      @inline(__always)
      func finish(
        _ i: Int, _ load: (Input) -> VectorPair, _ store: (VectorPair, Output) -> Void,
        _ copy: (VectorPair, Output) -> Void
      ) {
        let at = start &+ i
        var value = unsafe load(sums + i)
        unsafe add(load(isBlock ? Input(residual + at) : bias + i), to: &value)
        unsafe store(value, residual + at)
        let (output, derivative) = activate(activation, value)
        unsafe store(output, outputs + at)
        if let copies = unsafe copies { unsafe copy(output, copies + at) }
        if keepsDerivatives { unsafe store(derivative, derivatives + at) }
      }
      unsafe forEachPair(columns, streams: streams, finish)
    }
  }
  withConstant(activation) { activation in
    if let derivatives = unsafe derivatives {
      unsafe activateRows(activation, keepsDerivatives: true, derivatives)
    } else {
      unsafe activateRows(activation, keepsDerivatives: false, outputs)
    }
  }
}

func unfinishResidual(
  _ rows: Int, _ columns: Int, _ gradients: Output, _ stride: Int, _ derivatives: Input,
  _ innerDerivatives: Input?, _ streamGradients: Output, _ adds: Bool, _ copies: Output?
) {
  unsafe unfinishResidualRows(
    rows, columns, Input(gradients), stride, derivatives, innerDerivatives, streamGradients, adds,
    gradients, copies, stride)
}

/// Runs `unfinishResidual` on `sums`, with the arguments of `finishResidualRows`.
@inline(never)
func unfinishResidualRows(
  _ rows: Int, _ columns: Int, _ sums: Input, _ strideSums: Int, _ derivatives: Input,
  _ innerDerivatives: Input?, _ streamGradients: Output, _ adds: Bool, _ gradients: Output,
  _ copies: Output?, _ stride: Int
) {
  if let innerDerivatives = unsafe innerDerivatives {
    if adds {
      unsafe unfinishResidualRows(
        rows, columns, sums, strideSums, derivatives, isBlock: true, innerDerivatives,
        streamGradients, adds: true, gradients, copies, stride)
    } else {
      unsafe unfinishResidualRows(
        rows, columns, sums, strideSums, derivatives, isBlock: true, innerDerivatives,
        streamGradients, adds: false, gradients, copies, stride)
    }
  } else {
    unsafe unfinishResidualRows(
      rows, columns, sums, strideSums, derivatives, isBlock: false, derivatives, streamGradients,
      adds: adds, gradients, copies, stride)
  }
}

/// Absent operands may be any pointer.
@inline(__always)
private func unfinishResidualRows(
  _ rows: Int, _ columns: Int, _ sums: Input, _ strideSums: Int, _ derivatives: Input,
  isBlock: Bool, _ innerDerivatives: Input, _ streamGradients: Output, adds: Bool,
  _ gradients: Output, _ copies: Output?, _ stride: Int
) {
  let streams = unsafe copies.map { unsafe isAligned($0, stride) } ?? false
  for row in 0..<rows {
    let start = row &* stride
    let sums = unsafe sums + row &* strideSums

    @inline(__always)
    func unfinish(
      _ i: Int, _ load: (Input) -> VectorPair, _ store: (VectorPair, Output) -> Void,
      _ copy: (VectorPair, Output) -> Void
    ) {
      let at = start &+ i
      var gradient = unsafe load(sums + i)
      unsafe scale(&gradient, by: load(derivatives + at))
      if adds { unsafe add(load(Input(streamGradients + at)), to: &gradient) }
      if isBlock {
        unsafe store(gradient, streamGradients + at)
        unsafe scale(&gradient, by: load(innerDerivatives + at))
      }
      unsafe store(gradient, gradients + at)
      if let copies = unsafe copies { unsafe copy(gradient, copies + at) }
    }
    unsafe forEachPair(columns, streams: streams, unfinish)
  }
}
#endif
