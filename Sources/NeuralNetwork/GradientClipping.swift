import LangevinKernelTable
public import LinearAlgebra

/// Gradient clipping by the global norm, as PyTorch's `clip_grad_norm_` does it.
package enum GradientClipping {
  /// Returns the factor min(1, maximum / (norm + 10⁻⁶)) for gradients of norm `norm`; NaN if `norm` is NaN.
  package static func scale(norm: Double, maximum: Double) -> Double {
    let factor = maximum / (norm + 1e-6)
    return factor > 1 ? 1 : factor
  }
}

extension Parameters {
  /// Returns the norm of all numbers together, √Σ x².
  public func norm(engine: Engine = .current) -> Double {
    flat.withHandle { flat in
      unsafe engine.floats.squaredNorm(flat.columns, flat.base).squareRoot()
    }
  }
}
