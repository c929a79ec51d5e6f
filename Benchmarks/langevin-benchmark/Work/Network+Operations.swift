import NeuralNetwork

extension Network {
  /// Returns the floating-point operations of the products in a forward pass.
  func forwardOperations(rows: Int) -> Double { Double(operationsPerRow) * Double(rows) }

  /// Returns the floating-point operations of the products in a backward pass.
  ///
  /// Each layer has a product for the gradients of its weights and, except the first layer, one for the
  /// gradients of its inputs.
  func backwardOperations(rows: Int) -> Double {
    Double(2 * operationsPerRow - layers[0].operationsPerRow) * Double(rows)
  }

  /// Returns the floating-point operations of the products in a training step.
  func trainingOperations(rows: Int) -> Double {
    forwardOperations(rows: rows) + backwardOperations(rows: rows)
  }
}
