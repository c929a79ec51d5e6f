import KernelTable
public import LinearAlgebra

/// The way back through what follows a layer's product: how ∂L/∂outputs g becomes ∂L/∂values.
///
///     ds             = g ⊙ derivatives
///     scaleGradients ← ds ⊙ values
///     g              ← ds ⊙ scales[c]       (c: the row's condition)
///
/// What is nil drops out.
public struct BackwardEpilogue: Sendable {
  /// The derivatives of the activation.
  public var derivatives: MatrixHandle?
  /// A table of scales, with a row for each condition, contiguous.
  public var scales: MatrixHandle?
  /// The condition of each row.
  public var conditions: Conditions?
  /// The layer's values.
  public var values: MatrixHandle?
  /// Where the gradients of each row's scales go. May be the memory of ``values``.
  public var scaleGradients: MatrixHandle?
  /// Where a copy of the result goes.
  public var gradientCopies: MatrixHandle?

  /// Nothing is to be done, unless parts are given.
  public init(
    derivatives: MatrixHandle? = nil, scales: MatrixHandle? = nil, conditions: Conditions? = nil,
    values: MatrixHandle? = nil, scaleGradients: MatrixHandle? = nil,
    gradientCopies: MatrixHandle? = nil
  ) {
    self.derivatives = derivatives
    self.scales = scales
    self.conditions = conditions
    self.values = values
    self.scaleGradients = scaleGradients
    self.gradientCopies = gradientCopies
  }

  /// Applies it to `gradients`.
  public func apply(to gradients: MatrixHandle, engine: Engine) {
    check(gradients)
    defer { gradientCopies?.copy(gradients) }
    if derivatives == nil && scales == nil && scaleGradients == nil { return }
    unsafe engine.kernels.unfinishLayer(
      gradients.rows, gradients.columns, gradients.base, gradients.stride, derivatives?.start,
      scales?.start, conditions?.base, values?.start, scaleGradients?.base)
  }

  /// Stops the program unless all parts lie as `gradients` do.
  func check(_ gradients: MatrixHandle) {
    func check(_ part: MatrixHandle) {
      precondition(
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
  }
}

extension MatrixHandle {
  /// The first element, for reading.
  var start: UnsafePointer<Float> { unsafe UnsafePointer(base) }
}
