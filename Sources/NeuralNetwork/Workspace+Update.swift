import LangevinKernelTable
import LangevinPreconditions
import LangevinThreading
import LinearAlgebra

extension Workspace {
  /// Updates `parameters` by one step of `optimizer`, using the gradients of the last backward pass.
  ///
  /// If the norm of the gradients is above `maximumNorm`, they are clipped to it, as by PyTorch's
  /// `clip_grad_norm_`; nil turns clipping off. Each thread updates the parameters whose gradients it has
  /// computed.
  ///
  /// If the norm is not finite, nothing changes: a gradient is not finite, or squares of gradients have
  /// overflowed.
  ///
  /// - Returns: The norm of the gradients before clipping, √Σ g².
  public func update(
    _ parameters: inout Parameters, by optimizer: inout Adam, maximumNorm: Double? = nil
  ) -> Double {
    update(&parameters, by: &optimizer, maximumNorm: maximumNorm) { $0(nil) }
  }

  /// Updates `parameters` by one step of `optimizer`, and `average`, unless nil, with them.
  ///
  /// - Returns: The norm of the gradients before clipping, √Σ g².
  public func update(
    _ parameters: inout Parameters, by optimizer: inout Adam, maximumNorm: Double? = nil,
    average: inout ExponentialMovingAverage?
  ) -> Double {
    guard let layout = average?.parameters.layout else {
      return update(&parameters, by: &optimizer, maximumNorm: maximumNorm)
    }
    require(
      layout == parameters.layout,
      "ExponentialMovingAverage: the layouts of parameters and average differ")
    return update(&parameters, by: &optimizer, maximumNorm: maximumNorm) { body in
      guard let weight = average?.step() else { return }
      average?.parameters.flat.withMutableHandle { body((values: $0, weight: weight)) }
    }
  }

  /// Updates `parameters`; `withAverage` passes the average to update, if any.
  private func update(
    _ parameters: inout Parameters, by optimizer: inout Adam, maximumNorm: Double?,
    withAverage: ((AdamStep.Average?) -> Void) -> Void
  ) -> Double {
    let norm = squaredNorms.total.squareRoot()
    if norm.isFinite {
      let scale = maximumNorm.map { GradientClipping.scale(norm: norm, maximum: $0) } ?? 1
      gradients.flat.withHandle { gradients in
        optimizer.step(&parameters, gradients: gradients, gradientScale: Float(scale)) { step in
          withAverage { average in
            self.step = step
            self.step?.average = average
            pool.run(partCount, tasks.update)
            self.step = nil
          }
        }
      }
    }
    observer?(.update)
    return norm
  }

  func updateParameters(_ part: Int) {
    guard let step else { return }
    let part = Part(part, of: partCount)
    let layout = gradients.layout
    for index in layout.declarations.indices {
      let rows = layout.declarations[index].rows(of: part)
      step.apply(
        layout.elements(ofParameter: index, rows: rows), engine: engine, streams: streams)
    }
  }
}
