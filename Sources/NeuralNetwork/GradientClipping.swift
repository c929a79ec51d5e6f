import LangevinKernelTable
public import LinearAlgebra

/// Clipping of gradients by their global norm, by PyTorch's rule (`clip_grad_norm_`).
public enum GradientClipping {
  /// The factor for gradients of norm `norm`: min(1, maximum / (norm + 10⁻⁶)); NaN if that is NaN.
  public static func scale(norm: Double, maximum: Double) -> Double {
    let factor = maximum / (norm + 1e-6)
    return factor > 1 ? 1 : factor
  }
}

extension Parameters {
  /// The norm of all numbers together, √Σ x².
  public func norm(engine: Engine = .current) -> Double {
    flat.withHandle { flat in
      unsafe engine.kernels.squaredNorm(flat.columns, flat.base).squareRoot()
    }
  }
}
