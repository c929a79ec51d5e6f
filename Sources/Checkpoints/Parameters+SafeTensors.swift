import LinearAlgebra
public import NeuralNetwork
public import SafeTensors

extension Parameters {
  /// The parameters as tensors with PyTorch's names and shapes, each name behind `prefix`.
  public func tensors(prefix: String = "") -> [Tensor] {
    layout.declarations.indices.map { index in
      let declaration = layout.declarations[index]
      let matrix = self[index]
      return Tensor(prefix + declaration.name, floats: matrix.elements, shape: declaration.shape)
    }
  }

  /// Replaces every parameter by the tensor of its name behind `prefix`, whose shape must be the
  /// same. All are checked before any is replaced.
  public mutating func load(
    _ file: SafeTensorsFile, prefix: String = ""
  ) throws(SafeTensorsError) {
    var loaded = self
    for (index, declaration) in layout.declarations.enumerated() {
      let values = try file.floats(prefix + declaration.name, shape: declaration.shape)
      loaded[index] = Matrix(
        rows: declaration.rows, columns: declaration.columns, elements: values)
    }
    self = loaded
  }
}
