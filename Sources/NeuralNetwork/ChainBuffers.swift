import LinearAlgebra

/// The memory of a chain of layers.
struct ChainBuffers: Sendable {
  /// The buffers of each layer.
  let layers: [LayerBuffers]
  /// For each part, the packed parameters of each layer.
  let packed: [[MatrixHandle<Float>]]
}
