/// Which factor of a product is transposed, by where it occurs.
enum ProductForm: String {
  /// x Wᵀ, as layers compute their outputs.
  case forward
  /// dY W, the gradient of the inputs.
  case inputGradient = "input gradient"
  /// dYᵀ x, the gradient of the weights.
  case weightGradient = "weight gradient"
  /// A B of square matrices.
  case square

  var transposesA: Bool { self == .weightGradient }
  var transposesB: Bool { self == .forward }
}
