// What surrounds the matrix product of a layer on a residual stream. See `KernelTable` for the
// formulas.

func finishResidual(
  _ rows: Int, _ columns: Int, _ sums: Output, _ stride: Int, _ bias: Input, _ shifts: Input?,
  _ strideShifts: Int, _ conditions: UnsafePointer<Int32>, _ activation: Int, _ stream: Output,
  _ innerDerivatives: Output?, _ derivatives: Output?
) {
  unsafe finishResidualRows(
    rows, columns, Input(sums), stride, bias, shifts, strideShifts, conditions, activation, stream,
    sums, innerDerivatives, derivatives, nil, stride)
}

/// `finishResidual` from `sums`, for any rows and columns of the layer. Rows of `shifts` are
/// `strideShifts` apart, those of all but `sums` `stride`. `outputs` may be `sums`. A copy of them
/// goes to `copies`, past the caches.
@inline(never)
func finishResidualRows(
  _ rows: Int, _ columns: Int, _ sums: Input, _ strideSums: Int, _ bias: Input,
  _ shifts: Input?, _ strideShifts: Int, _ conditions: UnsafePointer<Int32>, _ activation: Int,
  _ stream: Output, _ outputs: Output, _ innerDerivatives: Output?, _ derivatives: Output?,
  _ copies: Output?, _ stride: Int
) {
  withConstant(activation) { activation in
    // Without questions in the loops: the opening layer or a block, with derivatives or without.
    if let shifts = unsafe shifts {
      if let innerDerivatives = unsafe innerDerivatives, let derivatives = unsafe derivatives {
        unsafe finishResidualRows(
          rows, columns, sums, strideSums, bias, isBlock: true, shifts, strideShifts, conditions,
          activation, stream, outputs, keepsDerivatives: true, innerDerivatives, derivatives,
          copies, stride)
      } else {
        unsafe finishResidualRows(
          rows, columns, sums, strideSums, bias, isBlock: true, shifts, strideShifts, conditions,
          activation, stream, outputs, keepsDerivatives: false, outputs, outputs, copies, stride)
      }
    } else if let derivatives = unsafe derivatives {
      unsafe finishResidualRows(
        rows, columns, sums, strideSums, bias, isBlock: false, sums, 0, conditions, activation,
        stream, outputs, keepsDerivatives: true, outputs, derivatives, copies, stride)
    } else {
      unsafe finishResidualRows(
        rows, columns, sums, strideSums, bias, isBlock: false, sums, 0, conditions, activation,
        stream, outputs, keepsDerivatives: false, outputs, outputs, copies, stride)
    }
  }
}

/// What is not there has any pointer.
@inline(__always)
private func finishResidualRows(
  _ rows: Int, _ columns: Int, _ sums: Input, _ strideSums: Int, _ bias: Input, isBlock: Bool,
  _ shifts: Input, _ strideShifts: Int, _ conditions: UnsafePointer<Int32>, _ activation: Int,
  _ residual: Output, _ outputs: Output, keepsDerivatives: Bool, _ innerDerivatives: Output,
  _ derivatives: Output, _ copies: Output?, _ stride: Int
) {
  let streams = unsafe copies.map { unsafe isAligned($0, stride) } ?? false
  for row in 0..<rows {
    let start = row &* stride
    let sums = unsafe sums + row &* strideSums
    let shifts = unsafe isBlock ? tableRow(shifts, strideShifts, conditions, row) : shifts

    @inline(__always)
    func finish(
      _ i: Int, _ load: (Input) -> VectorPair, _ store: (VectorPair, Output) -> Void,
      _ copy: (VectorPair, Output) -> Void
    ) {
      let at = start &+ i
      var value = unsafe load(sums + i)
      unsafe add(load(bias + i), to: &value)
      if isBlock {
        unsafe add(load(shifts + i), to: &value)
        let (inner, derivative) = activate(activation, value)
        if keepsDerivatives { unsafe store(derivative, innerDerivatives + at) }
        value = unsafe load(Input(residual + at))
        add(inner, to: &value)
      }
      unsafe store(value, residual + at)
      let (output, derivative) = activate(activation, value)
      unsafe store(output, outputs + at)
      if let copies = unsafe copies { unsafe copy(output, copies + at) }
      if keepsDerivatives { unsafe store(derivative, derivatives + at) }
    }
    forEachPair(columns) { i in
      unsafe finish(i, { unsafe loadPair($0) }, { unsafe store($0, $1) }) {
        if streams { unsafe stream($0, $1) } else { unsafe store($0, $1) }
      }
    } _: { i, rest in
      unsafe finish(i, { unsafe loadPair(first: rest, $0) }, { unsafe store($0, first: rest, $1) })
      {
        unsafe store($0, first: rest, $1)
      }
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

/// `unfinishResidual` from `sums`, as `finishResidualRows`.
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

/// What is not there has any pointer.
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
    forEachPair(columns) { i in
      unsafe unfinish(i, { unsafe loadPair($0) }, { unsafe store($0, $1) }) {
        if streams { unsafe stream($0, $1) } else { unsafe store($0, $1) }
      }
    } _: { i, rest in
      unsafe unfinish(
        i, { unsafe loadPair(first: rest, $0) }, { unsafe store($0, first: rest, $1) }
      ) {
        unsafe store($0, first: rest, $1)
      }
    }
  }
}
