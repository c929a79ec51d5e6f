/// The form of a product, which determines the transposed factor.
enum ProductForm: String {
  /// The outputs of a layer, x Wᵀ.
  case forward
  /// The gradients of the inputs, dY W.
  case inputGradient = "input gradient"
  /// The gradients of the weights, dYᵀ x.
  case weightGradient = "weight gradient"
  /// The product A B of square matrices.
  case square

  var transposesA: Bool { self == .weightGradient }
  var transposesB: Bool { self == .forward }
}
