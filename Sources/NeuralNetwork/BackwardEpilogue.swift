import LangevinKernelTable
import LangevinPreconditions
package import LinearAlgebra

/// The backward pass through a layer's epilogue, which turns g = ∂L/∂outputs into ∂L/∂values.
///
///     ds             = g ⊙ derivatives
///     scaleGradients ← ds ⊙ values
///     g              ← ds ⊙ scales[c]       (c: the row's condition)
///
/// For a layer on a residual stream (``ResidualLinear``):
///
///     G               = g ⊙ derivatives + streamGradients   (added if `addsStreamGradients`)
///     streamGradients ← G
///     g               ← G ⊙ innerDerivatives
///
/// A factor or result that is nil drops out.
package struct BackwardEpilogue: Sendable {
  /// The derivatives of the activation.
  package var derivatives: MatrixHandle<Float>?
  /// A contiguous table of scales, with a row for each condition.
  package var scales: MatrixHandle<Float>?
  /// The condition of each row.
  package var conditions: Conditions?
  /// The layer's values.
  package var values: MatrixHandle<Float>?
  /// The destination of the gradients of each row's scales; may share the memory of ``values``.
  package var scaleGradients: MatrixHandle<Float>?
  /// The destination of a copy of the result.
  package var gradientCopies: MatrixHandle<Float>?
  /// The derivatives of the activation inside a residual block.
  package var innerDerivatives: MatrixHandle<Float>?
  /// The gradients ∂L/∂stream.
  ///
  /// They are not written without ``innerDerivatives``: the first layer has no block before it.
  package var streamGradients: MatrixHandle<Float>?
  /// Whether later blocks have written ``streamGradients``.
  package var addsStreamGradients: Bool

  /// Creates an epilogue of the given factors and destinations; by default it does nothing.
  package init(
    derivatives: MatrixHandle<Float>? = nil, scales: MatrixHandle<Float>? = nil,
    conditions: Conditions? = nil,
    values: MatrixHandle<Float>? = nil, scaleGradients: MatrixHandle<Float>? = nil,
    gradientCopies: MatrixHandle<Float>? = nil, innerDerivatives: MatrixHandle<Float>? = nil,
    streamGradients: MatrixHandle<Float>? = nil, addsStreamGradients: Bool = false
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

  /// Applies the epilogue to `gradients`, in place.
  package func apply(to gradients: MatrixHandle<Float>, engine: Engine) {
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

  /// Stops the program unless all matrices have the shape and stride of `gradients`.
  func check(_ gradients: MatrixHandle<Float>) {
    func check(_ part: MatrixHandle<Float>) {
      require(
        part.rows == gradients.rows && part.columns == gradients.columns
          && part.stride == gradients.stride,
        """
        BackwardEpilogue: a matrix of \(part.rows) × \(part.columns), stride \(part.stride), does \
        not fit gradients of \(gradients.rows) × \(gradients.columns), stride \(gradients.stride)
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

extension MatrixHandle<Float> {
  /// The first element, for reading.
  var start: UnsafePointer<Float> { unsafe UnsafePointer(base) }
}
