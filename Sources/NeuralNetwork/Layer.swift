/// One step of a network, forward and backward.
///
/// The package has the layers ``Linear``, ``ConditionalLinear``, ``PositionalEncoding``,
/// ``EmbeddingShift`` and ``Activation``. ``Elementwise`` makes one of any function of an element;
/// a type that conforms to ``CustomLayer`` is a layer of any other kind.
public protocol Layer: Sendable {
  /// The passes of this layer. ``CustomLayer`` provides them.
  var passes: LayerPasses { get }
}

/// The passes of a layer, as a network runs them.
public struct LayerPasses: Sendable {
  package let layer: any KernelLayer

  package init(_ layer: any KernelLayer) { self.layer = layer }
}
