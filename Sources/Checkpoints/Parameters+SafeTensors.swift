import LinearAlgebra
public import NeuralNetwork
public import SafeTensors

extension Parameters {
  /// Returns the parameters as tensors with PyTorch's names and shapes; `prefix` precedes each name.
  public func tensors(prefix: String = "") -> [Tensor] {
    layout.declarations.indices.map { index in
      let declaration = layout.declarations[index]
      let matrix = self[index]
      return Tensor(prefix + declaration.name, floats: matrix.elements, shape: declaration.shape)
    }
  }

  /// Replaces every parameter with the tensor whose name is `prefix` followed by that of the parameter.
  ///
  /// The shapes must be the same. All tensors are checked before any parameter is replaced.
  public mutating func load(
    _ file: SafeTensorsFile, prefix: String = ""
  ) throws(SafeTensorsError) {
    var loaded = self
    for (index, declaration) in layout.declarations.enumerated() {
      let values = try file.floats(prefix + declaration.name, shape: declaration.shape)
      loaded[index] = Matrix<Float>(
        rows: declaration.rows, columns: declaration.columns, elements: values)
    }
    self = loaded
  }
}
