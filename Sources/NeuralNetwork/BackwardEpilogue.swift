import LangevinKernelTable
import LangevinPreconditions
package import LinearAlgebra

/// The way back through what follows a layer's product: how ∂L/∂outputs g becomes ∂L/∂values.
///
///     ds             = g ⊙ derivatives
///     scaleGradients ← ds ⊙ values
///     g              ← ds ⊙ scales[c]       (c: the row's condition)
///
/// Or, behind a layer on a residual stream (``ResidualLinear``):
///
///     G               = g ⊙ derivatives + streamGradients   (the last if `addsStreamGradients`)
///     streamGradients ← G
///     g               ← G ⊙ innerDerivatives
///
/// What is nil drops out.
package struct BackwardEpilogue: Sendable {
  /// The derivatives of the activation.
  package var derivatives: MatrixHandle?
  /// A table of scales, with a row for each condition, contiguous.
  package var scales: MatrixHandle?
  /// The condition of each row.
  package var conditions: Conditions?
  /// The layer's values.
  package var values: MatrixHandle?
  /// Where the gradients of each row's scales go. May be the memory of ``values``.
  package var scaleGradients: MatrixHandle?
  /// Where a copy of the result goes.
  package var gradientCopies: MatrixHandle?
  /// The derivatives of the activation within a block.
  package var innerDerivatives: MatrixHandle?
  /// ∂L/∂stream. Not written without ``innerDerivatives``: nothing comes before that layer.
  package var streamGradients: MatrixHandle?
  /// Whether what is behind the layer has left something in ``streamGradients``.
  package var addsStreamGradients: Bool

  /// Nothing is to be done, unless parts are given.
  package init(
    derivatives: MatrixHandle? = nil, scales: MatrixHandle? = nil, conditions: Conditions? = nil,
    values: MatrixHandle? = nil, scaleGradients: MatrixHandle? = nil,
    gradientCopies: MatrixHandle? = nil, innerDerivatives: MatrixHandle? = nil,
    streamGradients: MatrixHandle? = nil, addsStreamGradients: Bool = false
  ) {
    self.derivatives = derivatives
    self.scales = scales
    self.conditions = conditions
    self.values = values
    self.scaleGradients = scaleGradients
    self.gradientCopies = gradientCopies
    self.innerDerivatives = innerDerivatives
    self.streamGradients = streamGradients
    self.addsStreamGradients = addsStreamGradients
  }

  /// Applies it to `gradients`.
  package func apply(to gradients: MatrixHandle, engine: Engine) {
    check(gradients)
    if let derivatives, let streamGradients {
      unsafe engine.kernels.unfinishResidual(
        gradients.rows, gradients.columns, gradients.base, gradients.stride, derivatives.start,
        innerDerivatives?.start, streamGradients.base, addsStreamGradients, gradientCopies?.base)
      return
    }
    if derivatives == nil && scales == nil && scaleGradients == nil && gradientCopies == nil {
      return
    }
    unsafe engine.kernels.unfinishLayer(
      gradients.rows, gradients.columns, gradients.base, gradients.stride, derivatives?.start,
      scales?.start, conditions?.base, values?.start, scaleGradients?.base, gradientCopies?.base)
  }

  /// Stops the program unless all parts lie as `gradients` do.
  func check(_ gradients: MatrixHandle) {
    func check(_ part: MatrixHandle) {
      require(
        part.rows == gradients.rows && part.columns == gradients.columns
          && part.stride == gradients.stride,
        """
        BackwardEpilogue: a part of \(part.rows) × \(part.columns), rows \(part.stride) apart, does \
        not fit gradients of \(gradients.rows) × \(gradients.columns), rows \(gradients.stride) apart
        """)
    }
    if let derivatives { check(derivatives) }
    if let values { check(values) }
    if let scaleGradients { check(scaleGradients) }
    if let gradientCopies { check(gradientCopies) }
    if let innerDerivatives { check(innerDerivatives) }
    if let streamGradients { check(streamGradients) }
  }
}

extension MatrixHandle {
  /// The first element, for reading.
  var start: UnsafePointer<Float> { unsafe UnsafePointer(base) }
}
