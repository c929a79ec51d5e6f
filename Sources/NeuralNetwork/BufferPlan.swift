import LinearAlgebra

/// The places of a workspace's buffers in one block of memory.
struct BufferPlan {
  /// A matrix of `rows` × `width` at `offset`.
  private struct Block {
    var offset: Int
    var rows: Int
    var width: Int
    var stride: Int

    func handle(_ base: UnsafeMutablePointer<Float>) -> MatrixHandle<Float> {
      unsafe MatrixHandle<Float>(base: base + offset, rows: rows, columns: width, stride: stride)
    }

    /// Returns the block of some of its columns.
    func columns(_ range: Range<Int>) -> Block {
      Block(offset: offset + range.lowerBound, rows: rows, width: range.count, stride: stride)
    }
  }

  /// The buffers of a layer.
  private struct LayerBlocks {
    var values: Block?
    var outputs: Block
    var scaleGradients: Block?
    var derivatives: Block?
    var innerDerivatives: Block?
    var stream: Block?
    var streamGradients: Block?
    var shifts: Block?
    var shiftGradients: Block?
    var gradients: Block
    var outputCopies: Block?
    var gradientCopies: Block?

    func handles(_ base: UnsafeMutablePointer<Float>) -> LayerBuffers {
      func handle(_ block: Block?) -> MatrixHandle<Float>? { block.map { unsafe $0.handle(base) } }
      return LayerBuffers(
        values: handle(values), outputs: unsafe outputs.handle(base),
        scaleGradients: handle(scaleGradients), derivatives: handle(derivatives),
        innerDerivatives: handle(innerDerivatives), stream: handle(stream),
        streamGradients: handle(streamGradients), shifts: handle(shifts),
        shiftGradients: handle(shiftGradients), gradients: unsafe gradients.handle(base),
        outputCopies: handle(outputCopies), gradientCopies: handle(gradientCopies))
    }
  }

  /// The buffers of a chain and, for each part, the packed parameters of its layers.
  private typealias ChainBlocks = (layers: [LayerBlocks], packed: [[Block]])

  private var size = 0
  private let capacity: Int
  private let parts: Int
  private var trunk: ChainBlocks = ([], [])
  private var embedding: ChainBlocks = ([], [])

  /// Plans the buffers for batches of up to `capacity` rows through `network`, split into `parts`.
  ///
  /// The buffers also hold up to `capacity` levels.
  init(
    _ network: Network, capacity: Int, purpose: Workspace.Purpose, engine: Engine, parts: Int
  ) {
    self.capacity = capacity
    self.parts = parts
    if let chain = network.embedding { embedding = plan(chain, purpose, engine) }
    trunk = plan(network.trunk, purpose, engine)
  }

  private mutating func plan(
    _ chain: LayerChain, _ purpose: Workspace.Purpose, _ engine: Engine
  ) -> ChainBlocks {
    var packed: [[Block]] = []
    for _ in 0..<parts {
      packed.append(chain.layers.map { reserve(1, $0.packedCount(engine: engine)) })
    }
    var layers = purpose == .training ? planTraining(chain) : planInference(chain)
    // The stream has the same stride as its layers.
    let streamLayer = chain.layers.firstIndex { $0.usesStream }
    var stream: (Block, Block?)?
    if let streamLayer {
      let model = layers[streamLayer].outputs
      stream = (
        reserve(like: model), purpose == .training ? reserve(like: model) : nil
      )
    }
    for index in layers.indices {
      let layer = chain.layers[index]
      if layer.usesStream {
        layers[index].stream = stream?.0
        layers[index].streamGradients = stream?.1
      }
      if let columns = layer.shiftColumns, let table = embedding.layers.last {
        layers[index].shifts = table.outputs.columns(columns)
        if purpose == .training {
          layers[index].shiftGradients = table.gradients.columns(columns)
          if layer.usesStream {
            layers[index].innerDerivatives = reserve(like: layers[index].outputs)
          }
        }
      }
    }
    return (layers, packed)
  }

  private mutating func planTraining(_ chain: LayerChain) -> [LayerBlocks] {
    var layers: [LayerBlocks] = []
    for (layer, width) in zip(chain.layers, chain.widths) {
      let values = layer.keepsValues ? reserve(capacity, width) : nil
      // Rewriting memory that another core has read is slow, so other threads read copies.
      let copies = parts > 1 ? (reserve(capacity, width), reserve(capacity, width)) : nil
      layers.append(
        LayerBlocks(
          values: values, outputs: reserve(capacity, width),
          scaleGradients: parts > 1 && values != nil ? reserve(capacity, width) : values,
          derivatives: layer.keepsDerivatives ? reserve(capacity, width) : nil,
          gradients: reserve(capacity, width), outputCopies: copies?.0,
          gradientCopies: copies?.1))
    }
    // Only the thread that computes the outputs of the last layer reads them.
    layers[layers.count - 1].outputCopies = nil
    return layers
  }

  private mutating func planInference(_ chain: LayerChain) -> [LayerBlocks] {
    let widest = chain.widths.max() ?? 0
    let pair = [reserve(capacity, widest), reserve(capacity, widest)]
    return chain.widths.enumerated().map { index, width in
      // The same stride in all layers keeps each thread's rows apart from those of other threads.
      var block = pair[index % 2]
      block.width = width
      return LayerBlocks(outputs: block, gradients: block)
    }
  }

  private mutating func reserve(_ rows: Int, _ width: Int) -> Block {
    let stride = Self.stride(width)
    defer { size += AlignedBuffer.aligned(rows * stride) }
    return Block(offset: size, rows: rows, width: width, stride: stride)
  }

  private mutating func reserve(like block: Block) -> Block {
    defer { size += AlignedBuffer.aligned(block.rows * block.stride) }
    var other = block
    other.offset = size
    return other
  }

  /// Returns the distance between rows: an odd number of cache lines, except for narrow rows.
  ///
  /// Streaming stores need rows that begin on cache lines. The odd number spreads the elements of a column
  /// over the sets of a cache.
  private static func stride(_ width: Int) -> Int {
    if width < 16 { return width }
    let lines = (width + 15) / 16
    return 16 * (lines | 1)
  }

  /// Allocates the memory; returns it with the buffers of the two chains.
  func allocate() -> (AlignedBuffer, trunk: ChainBuffers, embedding: ChainBuffers) {
    let arena = AlignedBuffer(capacity: size, of: Float.self)
    unsafe arena.floats.initialize(repeating: 0, count: size)
    let base = unsafe arena.floats
    func handles(_ blocks: ChainBlocks) -> ChainBuffers {
      ChainBuffers(
        layers: blocks.layers.map { unsafe $0.handles(base) },
        packed: blocks.packed.map { $0.map { unsafe $0.handle(base) } })
    }
    return (arena, handles(trunk), handles(embedding))
  }
}
