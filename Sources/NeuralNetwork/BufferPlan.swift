import LinearAlgebra

/// Where the buffers of a workspace lie in one piece of memory.
struct BufferPlan {
  /// A matrix of `rows` × `width`, from `offset` on.
  private struct Block {
    var offset: Int
    var rows: Int
    var width: Int
    var stride: Int

    func handle(_ base: UnsafeMutablePointer<Float>) -> MatrixHandle {
      unsafe MatrixHandle(base: base + offset, rows: rows, columns: width, stride: stride)
    }
  }

  private typealias LayerBlocks = (
    values: Block?, outputs: Block, scaleGradients: Block?, derivatives: Block?,
    gradients: Block, outputCopies: Block?, gradientCopies: Block?
  )

  private var size = 0
  private var layers: [LayerBlocks] = []
  private var packed: [[Block]] = []
  private let parts: Int

  /// The buffers for batches of up to `capacity` rows through `network`, cut into `parts`.
  init(
    _ network: Network, capacity: Int, purpose: Workspace.Purpose, engine: Engine, parts: Int
  ) {
    self.parts = parts
    for _ in 0..<parts {
      packed.append(network.layers.map { reserve(1, $0.packedCount(engine: engine)) })
    }
    switch purpose {
    case .training:
      for (layer, width) in zip(network.layers, network.widths) {
        let values = layer.keepsValues ? reserve(capacity, width) : nil
        // What another core has read is slow to write again: with several parts, others read copies.
        let copies = parts > 1 ? (reserve(capacity, width), reserve(capacity, width)) : nil
        layers.append(
          (
            values, reserve(capacity, width),
            parts > 1 && values != nil ? reserve(capacity, width) : values,
            layer.keepsDerivatives ? reserve(capacity, width) : nil, reserve(capacity, width),
            copies?.0, copies?.1
          ))
      }
    case .inference:
      let widest = network.widths.max() ?? 0
      let pair = [reserve(capacity, widest), reserve(capacity, widest)]
      for (index, width) in network.widths.enumerated() {
        // Rows as far apart in all layers: those of one thread never lie where another's are.
        var block = pair[index % 2]
        block.width = width
        layers.append((nil, block, nil, nil, block, nil, nil))
      }
    }
  }

  private mutating func reserve(_ rows: Int, _ width: Int) -> Block {
    let stride = Self.stride(width)
    defer { size += AlignedBuffer.aligned(rows * stride) }
    return Block(offset: size, rows: rows, width: width, stride: stride)
  }

  /// Rows begin on cache lines, for stores past the caches, and an odd number of lines apart, so that
  /// the elements of a column do not all fall into a few sets of a cache.
  private static func stride(_ width: Int) -> Int {
    if width < 16 { return width }
    let lines = (width + 15) / 16
    return 16 * (lines | 1)
  }

  /// The memory, the buffers of each layer, and its packed parameters, part by part.
  func allocate() -> (AlignedBuffer, [LayerBuffers], [[MatrixHandle]]) {
    let arena = AlignedBuffer(capacity: size)
    unsafe arena.base.initialize(repeating: 0, count: size)
    let base = unsafe arena.base
    let buffers = layers.map { blocks in
      LayerBuffers(
        values: blocks.values.map { unsafe $0.handle(base) },
        outputs: unsafe blocks.outputs.handle(base),
        scaleGradients: blocks.scaleGradients.map { unsafe $0.handle(base) },
        derivatives: blocks.derivatives.map { unsafe $0.handle(base) },
        gradients: unsafe blocks.gradients.handle(base),
        outputCopies: blocks.outputCopies.map { unsafe $0.handle(base) },
        gradientCopies: blocks.gradientCopies.map { unsafe $0.handle(base) })
    }
    return (arena, buffers, packed.map { $0.map { unsafe $0.handle(base) } })
  }
}
