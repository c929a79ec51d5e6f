import KernelTable
public import LinearAlgebra
import Threading

extension Workspace {
  /// The outputs for `input` under `conditions` (one a row; empty if no layer has any), copied.
  public func forward(_ network: Network, _ input: Matrix, conditions: [Int32] = []) -> Matrix {
    var outputs = Matrix(rows: input.rows, columns: network.outputWidth)
    input.withHandle { input in
      withConditions(conditions) { conditions in
        outputs.withMutableHandle { outputs in
          outputs.copy(forward(network, input, conditions: conditions))
        }
      }
    }
    return outputs
  }

  /// Fills ``gradients`` with those of the loss, after ``forward(_:_:conditions:)`` of the same
  /// network, input and conditions. `outputGradients` is ∂L/∂outputs.
  ///
  /// - Returns: ∂L/∂input, if `wantsInputGradients`.
  @discardableResult
  public func backward(
    _ network: Network, _ input: Matrix, conditions: [Int32] = [], outputGradients: Matrix,
    wantsInputGradients: Bool = false
  ) -> Matrix? {
    var inputGradients =
      wantsInputGradients ? Matrix(rows: input.rows, columns: input.columns) : nil
    self.outputGradients(rows: input.rows).copyElements(of: outputGradients)
    input.withHandle { input in
      withConditions(conditions) { conditions in
        let run = { (gradients: MatrixHandle?) in
          self.backward(network, input, conditions: conditions, inputGradients: gradients)
        }
        if inputGradients != nil {
          inputGradients?.withMutableHandle { run($0) }
        } else {
          run(nil)
        }
      }
    }
    return inputGradients
  }

  /// As `forward` on a `Matrix`, without copies: the result lies in this workspace, and is valid
  /// until its next pass.
  ///
  /// `parametersUnchanged` says that the parameters are those of the last pass; some work on them
  /// is then not done again.
  public func forward(
    _ network: Network, _ input: MatrixHandle, conditions: Conditions,
    parametersUnchanged: Bool = false
  ) -> MatrixHandle {
    check(network, input, conditions)
    checkCapacity(input)
    network.parameters.flat.withHandle { parameters in
      pass = Pass(
        rows: input.rows, input: input, conditions: conditions, parameters: parameters,
        layout: network.parameters.layout, parametersUnchanged: parametersUnchanged)
      pool.run(partCount, tasks.forward)
      pass = nil
    }
    return buffers[buffers.count - 1].outputs.rows(0..<input.rows)
  }

  /// Where the caller writes ∂L/∂outputs between the passes.
  public func outputGradients(rows: Int) -> MatrixHandle {
    buffers[buffers.count - 1].gradients.rows(0..<rows)
  }

  /// As `backward` on a `Matrix`, without copies: ∂L/∂outputs has been written to
  /// ``outputGradients(rows:)``.
  public func backward(
    _ network: Network, _ input: MatrixHandle, conditions: Conditions,
    inputGradients: MatrixHandle? = nil
  ) {
    checkPurpose()
    check(network, input, conditions)
    checkCapacity(input)
    sorter.sort(conditions)
    network.parameters.flat.withHandle { parameters in
      gradients.flat.withMutableHandle { gradients in
        pass = Pass(
          rows: input.rows, input: input, conditions: conditions, parameters: parameters,
          layout: network.parameters.layout, gradients: gradients, inputGradients: inputGradients)
        pool.run(partCount, tasks.backwardInput)
        pool.run(partCount, tasks.backwardParameters)
        pass = nil
      }
    }
  }

  /// Both passes, with `loss` between them, which writes ∂L/∂outputs row by row: fills
  /// ``gradients``. The threads meet less often than in two passes.
  ///
  /// There may be more rows than ``capacity``: they go through both passes by chunks, which a cache
  /// holds, and gradients add up. They are then summed in another order than of a whole batch
  /// unless ``capacity`` is a multiple of 384.
  public func forwardAndBackward(
    _ network: Network, _ input: MatrixHandle, conditions: Conditions, loss: any RowLoss
  ) {
    observer?(.batch)
    checkPurpose()
    check(network, input, conditions)
    adapt()
    network.parameters.flat.withHandle { parameters in
      gradients.flat.withMutableHandle { gradients in
        // Once for an empty batch too: its gradients are zero.
        var first = 0
        repeat {
          let rows = first..<min(first + max(1, capacity), input.rows)
          let conditions = network.conditionCount == nil ? conditions : conditions.rows(rows)
          sorter.sort(conditions)
          pass = Pass(
            rows: rows.count, input: input.rows(rows), conditions: conditions,
            parameters: parameters, layout: network.parameters.layout, gradients: gradients,
            parametersUnchanged: first > 0, loss: loss, firstRow: first,
            isLast: rows.upperBound == input.rows)
          pool.run(partCount, tasks.forwardAndBackwardInput)
          observer?(.inputGradients)
          pool.run(partCount, tasks.backwardParameters)
          observer?(.parameterGradients)
          first = rows.upperBound
        } while first < input.rows
        pass = nil
      }
    }
  }

  private func checkPurpose() {
    precondition(purpose == .training, "Workspace: made for inference, it has no way back")
  }

  private func checkCapacity(_ input: MatrixHandle) {
    precondition(
      input.rows <= capacity,
      "Workspace: an input of \(input.rows) rows does not fit a capacity of \(capacity)")
  }

  private func check(_ network: Network, _ input: MatrixHandle, _ conditions: Conditions) {
    precondition(
      input.columns == network.inputWidth,
      "Network: an input of \(input.columns) columns does not fit a width of \(network.inputWidth)")
    guard let count = network.conditionCount else { return }
    precondition(
      conditions.count == input.rows,
      "Network: \(conditions.count) conditions do not fit \(input.rows) rows")
    for row in 0..<conditions.count {
      let condition = unsafe conditions.base[row]
      precondition(
        condition >= 0 && condition < count,
        "Network: condition \(condition) of row \(row) is not from 0 to \(count - 1)")
    }
  }

  // Tasks.

  /// Each thread packs for itself: to read what another core has packed takes as long.
  private func pack(_ pass: Pass, _ part: Int) {
    if pass.parametersUnchanged { return }
    prefetch(pass.parameters)
    for index in layers.indices {
      layers[index].pack(
        handles(pass.parameters, index, pass.layout), into: packed[part][index], engine: engine)
    }
  }

  func forwardRows(_ part: Int) {
    guard let pass else { return }
    pack(pass, part)
    forward(pass, rows(ofPart: part, pass), part)
  }

  func backwardRows(_ part: Int) {
    guard let pass else { return }
    backwardInput(pass, rows(ofPart: part, pass))
  }

  func forwardAndBackwardRows(_ part: Int) {
    guard let pass else { return }
    // Without rows too: the next pass may have some for this part, and pack no more.
    pack(pass, part)
    let rows = rows(ofPart: part, pass)
    if rows.isEmpty { return }
    // With one part, this is the thread that makes the step.
    let observer = partCount == 1 ? observer : nil
    forward(pass, rows, part)
    observer?(.forward)
    let last = buffers[buffers.count - 1].rows(rows)
    let batchRows = rows.lowerBound + pass.firstRow..<rows.upperBound + pass.firstRow
    pass.loss?.evaluate(rows: batchRows, outputs: last.outputs, gradients: last.gradients)
    observer?(.loss)
    backwardInput(pass, rows)
  }

  private func rows(ofPart part: Int, _ pass: Pass) -> Range<Int> {
    Part(part, of: partCount).range(of: pass.rows, grain: 4)
  }

  private func forward(_ pass: Pass, _ rows: Range<Int>, _ part: Int) {
    if rows.isEmpty { return }
    for index in layers.indices {
      layers[index].forward(
        layerInput(index, pass).rows(rows), conditions: layerConditions(index, pass, rows),
        parameters: handles(pass.parameters, index, pass.layout), packed: packed[part][index],
        buffers: buffers[index].rows(rows), engine: engine)
    }
  }

  private func backwardInput(_ pass: Pass, _ rows: Range<Int>) {
    if rows.isEmpty { return }
    var index = layers.count - 1
    epilogue(index, pass, rows).apply(to: buffers[index].gradients.rows(rows), engine: engine)
    while index > 0 {
      layers[index].backwardInput(
        parameters: handles(pass.parameters, index, pass.layout),
        buffers: buffers[index].rows(rows),
        inputGradients: buffers[index - 1].gradients.rows(rows),
        epilogue: epilogue(index - 1, pass, rows), engine: engine)
      index -= 1
    }
    guard let inputGradients = pass.inputGradients else { return }
    layers[0].backwardInput(
      parameters: handles(pass.parameters, 0, pass.layout), buffers: buffers[0].rows(rows),
      inputGradients: inputGradients.rows(rows), epilogue: BackwardEpilogue(), engine: engine)
  }

  func backwardParameters(_ part: Int) {
    guard let pass, let gradients = pass.gradients else { return }
    let part = Part(part, of: partCount)
    let rows = 0..<pass.rows
    for index in layers.indices {
      let handles = handles(gradients, index, pass.layout)
      let input = index > 0 ? buffers[index - 1].sharedOutputs : pass.input
      prefetch(input.rows(rows))
      prefetch(buffers[index].sharedGradients.rows(rows))
      layers[index].backwardParameters(
        input.rows(rows), conditions: sorter.groups,
        buffers: buffers[index].rows(rows), part: part, adds: pass.firstRow > 0,
        gradients: handles, engine: engine)
    }
    if pass.isLast { squaredNorms.sum(gradients, part, engine: engine) }
  }

  private func prefetch(_ matrix: MatrixHandle) {
    if !streams { return }
    unsafe engine.kernels.prefetch(matrix.rows, matrix.columns, matrix.start, matrix.stride)
  }

  private func epilogue(_ index: Int, _ pass: Pass, _ rows: Range<Int>) -> BackwardEpilogue {
    layers[index].backwardEpilogue(
      conditions: layerConditions(index, pass, rows),
      parameters: handles(pass.parameters, index, pass.layout), buffers: buffers[index].rows(rows))
  }

  private func layerInput(_ index: Int, _ pass: Pass) -> MatrixHandle {
    index > 0 ? buffers[index - 1].outputs : pass.input
  }

  private func layerConditions(_ index: Int, _ pass: Pass, _ rows: Range<Int>) -> Conditions {
    layers[index].conditionCount == nil ? pass.conditions : pass.conditions.rows(rows)
  }

  private func handles(
    _ flat: MatrixHandle, _ index: Int, _ layout: ParameterLayout
  ) -> ParameterHandles {
    ParameterHandles(flat: flat, layout: layout, first: firstParameters[index])
  }
}

/// Calls `body` with `conditions` as a handle.
private func withConditions<R>(_ conditions: [Int32], _ body: (Conditions) -> R) -> R {
  unsafe conditions.withUnsafeBufferPointer { buffer in
    // An empty array may have no address; nothing will be read from this one.
    guard let base = buffer.baseAddress else {
      return unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1) { spare in
        guard let base = spare.baseAddress else { preconditionFailure("no memory on the stack") }
        return unsafe body(Conditions(base: base, count: 0))
      }
    }
    return unsafe body(Conditions(base: base, count: buffer.count))
  }
}

extension MatrixHandle {
  fileprivate func copyElements(of matrix: Matrix) {
    matrix.withHandle { copy($0) }
  }
}
