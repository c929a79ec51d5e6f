import NeuralNetwork

extension Network {
  /// Floating-point operations of the products on the way there.
  func forwardOperations(rows: Int) -> Double { Double(operationsPerRow) * Double(rows) }

  /// Those on the way back: for each layer a product for the gradients of its weights and one for
  /// those of its inputs, which the first layer does without.
  func backwardOperations(rows: Int) -> Double {
    Double(2 * operationsPerRow - layers[0].operationsPerRow) * Double(rows)
  }

  /// Those of a step of training.
  func trainingOperations(rows: Int) -> Double {
    forwardOperations(rows: rows) + backwardOperations(rows: rows)
  }
}
