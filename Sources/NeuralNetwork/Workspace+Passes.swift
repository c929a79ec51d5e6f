public import LinearAlgebra

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
  public func forward(
    _ network: Network, _ input: MatrixHandle, conditions: Conditions
  ) -> MatrixHandle {
    check(network, input, conditions)
    network.parameters.flat.withHandle { parameters in
      pass = Pass(
        rows: input.rows, input: input, conditions: conditions, parameters: parameters,
        layout: network.parameters.layout)
      runForward()
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
    precondition(purpose == .training, "Workspace: made for inference, it has no way back")
    check(network, input, conditions)
    network.parameters.flat.withHandle { parameters in
      gradients.flat.withMutableHandle { gradients in
        pass = Pass(
          rows: input.rows, input: input, conditions: conditions, parameters: parameters,
          layout: network.parameters.layout, gradients: gradients, inputGradients: inputGradients)
        runBackwardInput()
        runBackwardParameters()
        pass = nil
      }
    }
  }

  private func check(_ network: Network, _ input: MatrixHandle, _ conditions: Conditions) {
    precondition(
      input.columns == network.inputWidth && input.rows <= capacity,
      """
      Network: an input of \(input.rows) × \(input.columns) does not fit a workspace of \
      \(capacity) × \(network.inputWidth)
      """)
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

  func forwardRows(_ task: Int) {
    guard let pass else { return }
    let rows = part(task, of: pass.rows, grain: 4)
    if rows.isEmpty { return }
    for index in layers.indices {
      layers[index].forward(
        layerInput(index, pass).rows(rows), conditions: layerConditions(index, pass, rows),
        parameters: handles(pass.parameters, index, pass), buffers: buffers[index].rows(rows),
        engine: engine)
    }
  }

  func backwardRows(_ task: Int) {
    guard let pass else { return }
    let rows = part(task, of: pass.rows, grain: 4)
    if rows.isEmpty { return }
    for index in stride(from: layers.count - 1, through: 0, by: -1) {
      let inputGradients = index > 0 ? buffers[index - 1].gradients : pass.inputGradients
      layers[index].backwardInput(
        conditions: layerConditions(index, pass, rows),
        parameters: handles(pass.parameters, index, pass), buffers: buffers[index].rows(rows),
        inputGradients: inputGradients?.rows(rows), engine: engine)
    }
  }

  func backwardUnits(_ task: Int) {
    guard let pass, let gradients = pass.gradients else { return }
    let rows = 0..<pass.rows
    for index in layers.indices {
      let units = part(task, of: buffers[index].outputs.columns, grain: 16)
      if units.isEmpty { continue }
      layers[index].backwardParameters(
        layerInput(index, pass).rows(rows), conditions: layerConditions(index, pass, rows),
        buffers: buffers[index].rows(rows), units: units,
        gradients: handles(gradients, index, pass), engine: engine)
    }
  }

  private func layerInput(_ index: Int, _ pass: Pass) -> MatrixHandle {
    index > 0 ? buffers[index - 1].outputs : pass.input
  }

  private func layerConditions(_ index: Int, _ pass: Pass, _ rows: Range<Int>) -> Conditions {
    layers[index].conditionCount == nil ? pass.conditions : pass.conditions.rows(rows)
  }

  private func handles(_ flat: MatrixHandle, _ index: Int, _ pass: Pass) -> ParameterHandles {
    ParameterHandles(flat: flat, layout: pass.layout, first: firstParameters[index])
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
