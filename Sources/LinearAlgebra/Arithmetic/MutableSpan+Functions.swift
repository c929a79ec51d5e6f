import LangevinKernelTable

// The vector kernels, for custom loops over the rows of a matrix.

extension MutableSpan where Element: MatrixElement {
  /// Replaces every element x by exp(x), within 4 ulp; by 0 if that is subnormal.
  public mutating func formExponential(engine: Engine = .current) {
    unsafe form(engine.kernels(of: Element.self).exponential)
  }

  /// Replaces every element x by log(1 + x), within 4 ulp.
  public mutating func formLogarithmOnePlus(engine: Engine = .current) {
    unsafe form(engine.kernels(of: Element.self).logarithmOnePlus)
  }

  /// Replaces every element x by log(1 + exp(x)), within 4 ulp; by 0 if that is subnormal.
  public mutating func formSoftplus(engine: Engine = .current) {
    unsafe form(engine.kernels(of: Element.self).softplus)
  }

  /// Replaces every element x by 1 / (1 + exp(-x)), within 4 ulp; by 0 if that is subnormal.
  public mutating func formSigmoid(engine: Engine = .current) {
    unsafe form(engine.kernels(of: Element.self).sigmoid)
  }

  private mutating func form(_ function: ElementKernels.Map) {
    unsafe withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe function(buffer.count, base, base)
    }
  }
}
