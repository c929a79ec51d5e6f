public import LinearAlgebra
public import Threading

/// The memory of the passes through a network: every buffer for batches of up to `capacity` rows,
/// and the gradients. Made once; the passes then allocate nothing.
///
/// One pass runs in it at a time. With a pool of several threads, rows are cut for the way there and
/// the gradients of inputs, output columns for the gradients of parameters: each number is summed
/// by one thread in one order, and comes out the same bits for any number of threads.
public final class Workspace: @unchecked Sendable {
  /// What the passes are for.
  public enum Purpose: Sendable {
    /// Forward and backward.
    case training
    /// Forward only: two buffers serve all layers in turn.
    case inference
  }

  /// How many rows fit.
  public let capacity: Int
  /// What computes.
  public let engine: Engine
  /// The gradients that the last backward pass left.
  public internal(set) var gradients: Parameters

  let purpose: Purpose
  let layers: [any Layer]
  let firstParameters: [Int]
  let pool: ThreadPool
  let buffers: [LayerBuffers]
  private let arena: AlignedBuffer
  /// The pass in hand, for the tasks of the pool.
  var pass: Pass?
  /// The tasks, made once: a closure made for each pass would be an allocation.
  private var forwardTask: @Sendable (Int) -> Void = { _ in }
  private var inputTask: @Sendable (Int) -> Void = { _ in }
  private var parameterTask: @Sendable (Int) -> Void = { _ in }

  /// Buffers for batches of up to `capacity` rows through `network`.
  public init(
    _ network: Network, capacity: Int, purpose: Purpose = .training, engine: Engine = .current,
    pool: ThreadPool = ThreadPool(threads: 1)
  ) {
    precondition(capacity >= 0, "Workspace: \(capacity) is not a number of rows")
    self.capacity = capacity
    self.purpose = purpose
    self.engine = Self.resolve(engine, for: network)
    self.layers = network.layers
    self.firstParameters = network.firstParameters
    self.pool = pool
    self.gradients = Parameters(
      zeros: purpose == .training ? network.parameters.layout : ParameterLayout([]))
    (arena, buffers) = Self.allocate(network, capacity: capacity, purpose: purpose)
    forwardTask = { [unowned self] task in forwardRows(task) }
    inputTask = { [unowned self] task in backwardRows(task) }
    parameterTask = { [unowned self] task in backwardUnits(task) }
  }

  /// One product for all passes, whatever the cut: `automatic` would choose by the cut's shape.
  private static func resolve(_ engine: Engine, for network: Network) -> Engine {
    guard engine.products == .automatic else { return engine }
    let widest = max(network.inputWidth, network.widths.max() ?? 0)
    return Engine(widest <= 256 ? .swift : .openBLAS, level: engine.level)
  }

  private static func allocate(
    _ network: Network, capacity: Int, purpose: Purpose
  ) -> (AlignedBuffer, [LayerBuffers]) {
    // First the offsets, then the memory, then the handles.
    var size = 0
    func reserve(_ width: Int) -> Block {
      defer { size += AlignedBuffer.aligned(width * capacity) }
      return (size, width, width)
    }
    typealias Block = (offset: Int, width: Int, stride: Int)
    var plan: [(values: Block, outputs: Block, derivatives: Block?, gradients: Block)] = []
    switch purpose {
    case .training:
      for (layer, width) in zip(network.layers, network.widths) {
        let outputs = reserve(width)
        plan.append(
          (
            layer.keepsValues ? reserve(width) : outputs, outputs,
            layer.keepsDerivatives ? reserve(width) : nil, reserve(width)
          ))
      }
    case .inference:
      let widest = network.widths.max() ?? 0
      let pair = [reserve(widest), reserve(widest)]
      for (index, width) in network.widths.enumerated() {
        // Rows as far apart in all layers: those of one thread never lie where another's are.
        let block = (offset: pair[index % 2].offset, width: width, stride: widest)
        plan.append((block, block, nil, block))
      }
    }
    let arena = AlignedBuffer(capacity: size)
    unsafe arena.base.initialize(repeating: 0, count: size)
    func handle(_ block: Block) -> MatrixHandle {
      unsafe MatrixHandle(
        base: arena.base + block.offset, rows: capacity, columns: block.width, stride: block.stride)
    }
    let buffers = plan.map { block in
      LayerBuffers(
        values: handle(block.values), outputs: handle(block.outputs),
        derivatives: block.derivatives.map(handle), gradients: handle(block.gradients))
    }
    return (arena, buffers)
  }

  /// Runs the tasks of one kind on all threads.
  func runForward() { pool.run(taskCount, forwardTask) }
  func runBackwardInput() { pool.run(taskCount, inputTask) }
  func runBackwardParameters() { pool.run(taskCount, parameterTask) }

  /// Into how many parts a pass is cut. OpenBLAS may sum in another order where a product is cut,
  /// so its passes stay whole.
  var taskCount: Int { engine.products == .swift ? pool.threads : 1 }

  /// Part `task` of `count` things, in multiples of `grain`.
  func part(_ task: Int, of count: Int, grain: Int) -> Range<Int> {
    let grains = (count + grain - 1) / grain
    let first = min(count, grains * task / taskCount * grain)
    let last = min(count, grains * (task + 1) / taskCount * grain)
    return first..<last
  }
}

/// What one pass reads.
struct Pass {
  var rows: Int
  var input: MatrixHandle
  var conditions: Conditions
  var parameters: MatrixHandle
  var layout: ParameterLayout
  var gradients: MatrixHandle?
  var inputGradients: MatrixHandle?
}
