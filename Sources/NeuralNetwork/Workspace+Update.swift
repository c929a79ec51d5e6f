import KernelTable
import LinearAlgebra
import Threading

extension Workspace {
  /// Takes a step of `optimizer` with the gradients of the last backward pass: changes `parameters`.
  ///
  /// Gradients whose norm is above `maximumNorm` are clipped to it (``GradientClipping``); nil is
  /// no clipping. A thread changes the parameters whose gradients it has computed.
  ///
  /// - Returns: The norm before clipping, √Σ g².
  public func update(
    _ parameters: inout Parameters, by optimizer: inout Adam, maximumNorm: Double? = nil
  ) -> Double {
    let norm = squaredNorms.total.squareRoot()
    let scale = maximumNorm.map { GradientClipping.scale(norm: norm, maximum: $0) } ?? 1
    gradients.flat.withHandle { gradients in
      optimizer.step(&parameters, gradients: gradients, gradientScale: Float(scale)) { step in
        self.step = step
        pool.run(partCount, tasks.update)
        self.step = nil
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
