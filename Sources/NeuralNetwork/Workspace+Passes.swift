import LangevinKernelTable
import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

extension Workspace {
  /// Runs the forward pass and returns a copy of the outputs.
  ///
  /// - Parameters:
  ///   - network: The network of this workspace.
  ///   - input: The inputs, one row per sample.
  ///   - conditions: The condition of each row; empty if no layer uses conditions. With an embedding, each
  ///     condition is the index of a row of `features`, in ascending order.
  ///   - features: The features, one row per level; nil without an embedding.
  public func forward(
    _ network: Network, _ input: Matrix<Float>, conditions: [Int32] = [],
    features: Matrix<Float>? = nil
  ) -> Matrix<Float> {
    var outputs = Matrix<Float>(rows: input.rows, columns: network.outputWidth)
    withHandles(input, conditions, features) { input, conditions, features in
      outputs.withMutableHandle { outputs in
        outputs.copy(forward(network, input, conditions: conditions, features: features))
      }
    }
    return outputs
  }

  /// Runs the backward pass and fills ``gradients`` with the gradients of the loss.
  ///
  /// Call ``forward(_:_:conditions:features:)`` with the same network, input, conditions and features first.
  ///
  /// - Parameters:
  ///   - network: The network of the forward pass.
  ///   - input: The inputs of the forward pass.
  ///   - conditions: The conditions of the forward pass.
  ///   - features: The features of the forward pass.
  ///   - outputGradients: ∂L/∂outputs.
  ///   - wantsInputGradients: Whether to compute ∂L/∂input.
  /// - Returns: ∂L/∂input if `wantsInputGradients`, otherwise nil.
  @discardableResult
  public func backward(
    _ network: Network, _ input: Matrix<Float>, conditions: [Int32] = [],
    features: Matrix<Float>? = nil,
    outputGradients: Matrix<Float>, wantsInputGradients: Bool = false
  ) -> Matrix<Float>? {
    var inputGradients =
      wantsInputGradients ? Matrix<Float>(rows: input.rows, columns: input.columns) : nil
    self.outputGradients(rows: input.rows).copyElements(of: outputGradients)
    withHandles(input, conditions, features) { input, conditions, features in
      let run = { (gradients: MatrixHandle<Float>?) in
        self.backward(
          network, input, conditions: conditions, features: features, inputGradients: gradients)
      }
      if inputGradients != nil {
        inputGradients?.withMutableHandle { run($0) }
      } else {
        run(nil)
      }
    }
    return inputGradients
  }

  /// Runs both passes, fills ``gradients`` and returns the loss of the batch.
  ///
  /// It is faster than ``forward(_:_:conditions:features:)`` and
  /// ``backward(_:_:conditions:features:outputGradients:wantsInputGradients:)``, because the threads
  /// synchronize less often. The batch may have more rows than ``capacity``.
  ///
  /// - Parameters:
  ///   - network: The network of this workspace.
  ///   - input: The inputs, one row per sample.
  ///   - conditions: The condition of each row, as in ``forward(_:_:conditions:features:)``.
  ///   - features: The features, one row per level; nil without an embedding.
  ///   - target: The targets of the loss, one row per sample.
  ///   - weights: The weight of each row's loss, in one column; nil means a weight of 1 for every row.
  ///   - loss: The loss function.
  public func forwardAndBackward(
    _ network: Network, _ input: Matrix<Float>, conditions: [Int32] = [],
    features: Matrix<Float>? = nil,
    target: Matrix<Float>, weights: Matrix<Float>? = nil, loss: some Loss = SquaredError()
  ) -> Double {
    require(
      target.rows == input.rows
        && target.columns == loss.targetWidth(outputWidth: network.outputWidth),
      """
      Workspace: a target of \(target.shapeDescription) does not fit outputs of \(input.rows) × \
      \(network.outputWidth)
      """)
    let losses = LossPass(loss, capacity: input.rows)
    return withHandles(input, conditions, features) { input, conditions, features in
      target.withHandle { target in
        func run(_ weights: MatrixHandle<Float>?) -> Double {
          losses.loss(target, weights: weights) {
            forwardAndBackward(
              network, input, conditions: conditions, features: features, loss: losses)
          }
        }
        return weights.map { $0.withHandle { run($0) } } ?? run(nil)
      }
    }
  }

  /// Runs the forward pass without copying; the result lies in this workspace until its next pass.
  ///
  /// `parametersUnchanged` means that the parameters are those of the last pass, so they are not packed
  /// again.
  package func forward(
    _ network: Network, _ input: MatrixHandle<Float>, conditions: Conditions,
    features: MatrixHandle<Float>? = nil, parametersUnchanged: Bool = false
  ) -> MatrixHandle<Float> {
    check(network, input, conditions, features)
    checkCapacity(input)
    network.parameters.flat.withHandle { parameters in
      pass = Pass(
        network, input, batchConditions(network, conditions), batchFeatures(features),
        parameters: parameters)
      pass?.parametersUnchanged = parametersUnchanged
      pool.run(partCount, tasks.forward)
      pass = nil
    }
    return trunk.last.outputs.rows(0..<input.rows)
  }

  /// Returns the matrix to which the caller writes ∂L/∂outputs between the passes.
  package func outputGradients(rows: Int) -> MatrixHandle<Float> {
    trunk.last.gradients.rows(0..<rows)
  }

  /// Runs the backward pass without copying.
  ///
  /// The caller has written ∂L/∂outputs to ``outputGradients(rows:)``.
  package func backward(
    _ network: Network, _ input: MatrixHandle<Float>, conditions: Conditions,
    features: MatrixHandle<Float>? = nil, inputGradients: MatrixHandle<Float>? = nil
  ) {
    checkPurpose()
    check(network, input, conditions, features)
    checkCapacity(input)
    let conditions = batchConditions(network, conditions)
    sorter.sort(conditions)
    network.parameters.flat.withHandle { parameters in
      gradients.flat.withMutableHandle { gradients in
        pass = Pass(
          network, input, conditions, batchFeatures(features), parameters: parameters)
        pass?.gradients = gradients
        pass?.inputGradients = inputGradients
        pool.run(partCount, tasks.backwardInput)
        pool.run(partCount, tasks.backwardParameters)
        pass = nil
      }
    }
  }

  /// Runs both passes, with `loss` between them, and fills ``gradients``.
  ///
  /// `loss` writes ∂L/∂outputs row by row. The threads synchronize less often than in two separate passes.
  ///
  /// A batch of more rows than ``capacity`` goes through both passes in chunks that fit in a cache, and the
  /// gradients of the chunks add up. Their order of summation then differs from that of a whole batch,
  /// always for an embedding, and for other layers unless ``capacity`` is a multiple of 384.
  package func forwardAndBackward(
    _ network: Network, _ input: MatrixHandle<Float>, conditions: Conditions,
    features: MatrixHandle<Float>? = nil, loss: LossPass
  ) {
    observer?(.batch)
    checkPurpose()
    check(network, input, conditions, features)
    adapt()
    network.parameters.flat.withHandle { parameters in
      gradients.flat.withMutableHandle { gradients in
        // An empty batch also needs one round, which sets its gradients to zero.
        var first = 0
        repeat {
          let rows = chunk(from: first, of: input.rows, network, conditions)
          let chunkConditions = batchConditions(network, conditions, rows)
          sorter.sort(chunkConditions)
          var pass = Pass(
            network, input.rows(rows), chunkConditions, batchFeatures(features),
            parameters: parameters)
          pass.gradients = gradients
          pass.parametersUnchanged = first > 0
          pass.loss = loss
          pass.firstRow = first
          pass.isLast = rows.upperBound == input.rows
          self.pass = pass
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

  /// Returns the rows from `first` on that go through the passes together.
  ///
  /// Both the rows and their levels must fit the capacity.
  private func chunk(
    from first: Int, of count: Int, _ network: Network, _ conditions: Conditions
  ) -> Range<Int> {
    let most = max(1, capacity)
    var end = min(first + most, count)
    if network.embedding == nil || end == first { return first..<end }
    while unsafe Int(conditions.base[end - 1] - conditions.base[first]) >= most { end -= 1 }
    return first..<end
  }

  /// Returns the conditions of `rows`, by default of all rows, as the pass reads them.
  private func batchConditions(
    _ network: Network, _ conditions: Conditions, _ rows: Range<Int>? = nil
  ) -> Conditions {
    if network.embedding == nil && network.conditionCount == nil { return conditions.none }
    var conditions = conditions
    if let rows { conditions = conditions.rows(rows) }
    if network.embedding != nil {
      levels.read(conditions)
      return levels.conditions
    }
    return conditions
  }

  /// Returns the features of the levels that `levels` last read.
  private func batchFeatures(_ features: MatrixHandle<Float>?) -> MatrixHandle<Float>? {
    features?.rows(levels.range)
  }

  private func checkPurpose() {
    require(purpose == .training, "Workspace: cannot go backward for inference; use .training")
  }

  private func checkCapacity(_ input: MatrixHandle<Float>) {
    require(
      input.rows <= capacity,
      "Workspace: an input of \(input.rows) rows does not fit a capacity of \(capacity)")
  }

  private func check(
    _ network: Network, _ input: MatrixHandle<Float>, _ conditions: Conditions,
    _ features: MatrixHandle<Float>?
  ) {
    require(
      input.columns == network.inputWidth,
      "Network: an input of \(input.columns) columns does not fit a width of \(network.inputWidth)")
    require(
      features?.columns == network.featureWidth,
      """
      Network: features of \(features?.columns ?? 0) columns do not fit an embedding of \
      \(network.featureWidth ?? 0)
      """)
    guard let count = features?.rows ?? network.conditionCount else { return }
    require(
      conditions.count == input.rows,
      "Network: \(conditions.count) conditions do not fit \(input.rows) rows")
    var last: Int32 = 0
    for row in 0..<conditions.count {
      let condition = unsafe conditions.base[row]
      require(
        condition >= 0 && condition < count,
        "Network: condition \(condition) of row \(row) is not from 0 to \(count - 1)")
      require(
        condition >= last || features == nil,
        "Network: level \(condition) of row \(row) follows level \(last); levels must ascend")
      last = condition
    }
  }

  // Tasks.

  /// Packs the parameters, once per thread: reading what another core has packed takes as long.
  private func pack(_ pass: Pass, _ part: Int) {
    if pass.parametersUnchanged { return }
    if streams { engine.prefetch(pass.parameters) }
    embedding?.pack(pass, part)
    trunk.pack(pass, part)
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
    // Pack even without rows: the next pass may have rows for this part and does not pack again.
    pack(pass, part)
    let rows = rows(ofPart: part, pass)
    if rows.isEmpty { return }
    // Only with one part does this thread make the step.
    let observer = partCount == 1 ? observer : nil
    forward(pass, rows, part)
    observer?(.forward)
    let last = trunk.last.rows(rows)
    let batchRows = rows.lowerBound + pass.firstRow..<rows.upperBound + pass.firstRow
    pass.loss?.evaluate(rows: batchRows, outputs: last.outputs, gradients: last.gradients)
    observer?(.loss)
    backwardInput(pass, rows)
  }

  /// Returns the rows of a part, aligned to levels, so that one part computes a level's embedding.
  private func rows(ofPart part: Int, _ pass: Pass) -> Range<Int> {
    let rows = Part(part, of: partCount).range(of: pass.rows, grain: 4)
    if pass.features == nil { return rows }
    return levels.boundary(near: rows.lowerBound)..<levels.boundary(near: rows.upperBound)
  }

  private func forward(_ pass: Pass, _ rows: Range<Int>, _ part: Int) {
    if let features = pass.features {
      embedding?.forward(
        features, conditions: pass.conditions.none, rows: levels.levels(of: rows), pass, part)
    }
    trunk.forward(pass.input, conditions: pass.conditions, rows: rows, pass, part)
  }

  private func backwardInput(_ pass: Pass, _ rows: Range<Int>) {
    trunk.backwardInput(
      pass.input, inputGradients: pass.inputGradients, conditions: pass.conditions, rows: rows, pass
    )
    guard let features = pass.features else { return }
    let range = levels.levels(of: rows)
    for index in trunk.layers.indices {
      let buffers = trunk.buffers[index]
      if let table = buffers.shiftGradients {
        levels.sum(buffers.gradients, to: table, levels: range, engine: engine)
      }
    }
    embedding?.backwardInput(
      features, inputGradients: nil, conditions: pass.conditions.none, rows: range, pass)
  }

  func backwardParameters(_ part: Int) {
    guard let pass, let gradients = pass.gradients else { return }
    let part = Part(part, of: partCount)
    trunk.backwardParameters(
      pass.input, conditions: sorter.groups, rows: 0..<pass.rows, part, gradients,
      prefetches: streams, pass)
    if let features = pass.features {
      embedding?.backwardParameters(
        features, conditions: sorter.groups, rows: 0..<features.rows, part, gradients,
        prefetches: streams, pass)
    }
    if pass.isLast { squaredNorms.sum(gradients, part, engine: engine) }
  }
}

/// Calls `body` with handles of the arguments.
private func withHandles<R>(
  _ input: Matrix<Float>, _ conditions: [Int32], _ features: Matrix<Float>?,
  _ body: (MatrixHandle<Float>, Conditions, MatrixHandle<Float>?) -> R
) -> R {
  input.withHandle { input in
    withConditions(conditions) { conditions in
      guard let features else { return body(input, conditions, nil) }
      return features.withHandle { body(input, conditions, $0) }
    }
  }
}

/// Calls `body` with `conditions` as a handle.
private func withConditions<R>(_ conditions: [Int32], _ body: (Conditions) -> R) -> R {
  unsafe conditions.withUnsafeBufferPointer { buffer in
    // An empty array may have no address, so use a spare one, from which nothing is read.
    guard let base = buffer.baseAddress else {
      return unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1) { spare in
        guard let base = spare.baseAddress else { requirementFailure("no memory on the stack") }
        return unsafe body(Conditions(base: base, count: 0))
      }
    }
    return unsafe body(Conditions(base: base, count: buffer.count))
  }
}

extension MatrixHandle<Float> {
  fileprivate func copyElements(of matrix: Matrix<Float>) {
    matrix.withHandle { copy($0) }
  }
}
