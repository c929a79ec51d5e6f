/// A layer of a network, with a forward and a backward pass.
///
/// The package has the layers ``Linear``, ``ConditionalLinear``, ``PositionalEncoding``,
/// ``EmbeddingShift`` and ``Activation``. ``Elementwise`` makes a layer from any function of an element.
/// For any other layer, write a type that conforms to ``CustomLayer``.
public protocol Layer: Sendable {
  /// The passes of this layer, which ``CustomLayer`` provides.
  var passes: LayerPasses { get }
}

/// The passes of a layer that a network runs.
public struct LayerPasses: Sendable {
  package let layer: any KernelLayer

  package init(_ layer: any KernelLayer) { self.layer = layer }
}
