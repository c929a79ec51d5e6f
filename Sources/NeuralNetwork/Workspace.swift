import LangevinPreconditions
package import LangevinThreading
public import LinearAlgebra

/// The memory of the passes through a network: every buffer for batches of up to `capacity` rows, of
/// as many levels, and the gradients. Made once; the passes then allocate nothing.
///
/// One pass runs in it at a time. With a pool of several threads, rows of the batch are cut for the
/// way there and the gradients of inputs, rows of the parameters for theirs: each number is summed
/// by one thread in one order, and comes out the same bits for any number of threads.
public final class Workspace {
  /// What the passes are for.
  public enum Purpose: Sendable {
    /// Forward and backward.
    case training
    /// Forward only: two buffers serve all layers in turn.
    case inference
  }

  /// How many rows fit.
  public let capacity: Int
  /// A capacity for training on large batches: as many rows as products sum in registers, so that
  /// gradients of chunks add up to the same bits as of a whole batch.
  public static let chunkRows = 384
  /// What computes.
  public let engine: Engine
  /// The gradients that the last backward pass left.
  public internal(set) var gradients: Parameters

  let purpose: Purpose
  let pool: ThreadPool
  private(set) var trunk: RunningChain
  private(set) var embedding: RunningChain?
  let levels: BatchLevels
  let sorter: ConditionSorter
  private let arena: AlignedBuffer
  /// The pass in hand, for the tasks of the pool.
  var pass: Pass?
  /// The tasks, made once: a closure made for each pass would be an allocation.
  private(set) var tasks = Tasks()
  /// Is told of each part of a training step when it is over, on the thread that makes the step.
  package var observer: ((StepPhase) -> Void)?
  /// The step of an optimizer in hand.
  var step: AdamStep?
  let squaredNorms: SquaredNorms

  /// Creates the buffers for batches of up to `capacity` rows through `network`, and `threads - 1`
  /// threads, fewer if the system grants fewer.
  public convenience init(
    _ network: Network, capacity: Int, purpose: Purpose = .training, engine: Engine = .current,
    threads: Int = 1
  ) {
    self.init(
      network, capacity: capacity, purpose: purpose, engine: engine,
      pool: ThreadPool(threads: threads))
  }

  /// Creates the buffers for batches of up to `capacity` rows through `network`.
  package init(
    _ network: Network, capacity: Int, purpose: Purpose = .training, engine: Engine = .current,
    pool: ThreadPool
  ) {
    require(capacity >= 0, "Workspace: \(capacity) is not a number of rows")
    let engine = Self.resolve(engine)
    let layout = purpose == .training ? network.parameters.layout : ParameterLayout([])
    self.capacity = capacity
    self.purpose = purpose
    self.engine = engine
    self.pool = pool
    self.gradients = Parameters(zeros: layout)
    self.sorter = ConditionSorter(
      capacity: purpose == .training ? capacity : 0,
      conditionCount: purpose == .training ? network.conditionCount ?? 0 : 0)
    self.squaredNorms = SquaredNorms(layout)
    let plan = BufferPlan(
      network, capacity: capacity, purpose: purpose, engine: engine,
      parts: Self.partCount(engine, pool))
    let (arena, trunkBuffers, embeddingBuffers) = plan.allocate()
    self.arena = arena
    trunk = RunningChain(network.trunk, trunkBuffers, engine: engine)
    embedding = network.embedding.map { RunningChain($0, embeddingBuffers, engine: engine) }
    levels = BatchLevels(capacity: network.embedding == nil ? 0 : capacity)
    chooseBuffers()
    tasks = Tasks(self)
  }

  /// One product for all passes, whatever the cut: `automatic` would choose by the cut's shape.
  ///
  /// The fused layers are faster than OpenBLAS at all widths, but for the kernels that every
  /// processor can run, where OpenBLAS has better ones.
  private static func resolve(_ engine: Engine) -> Engine {
    guard engine.products == .automatic else { return engine }
    return Engine(
      engine.instructionSet == .baseline ? .openBLAS : .swift, instructionSet: engine.instructionSet
    )
  }

  /// Whether what other threads read goes past the caches.
  private(set) var streams = false
  /// What ``streams`` shall be, for tests; nil if that is to be measured.
  var isToldToStream: Bool?
  private var passesUntilMeasurement = 0

  /// Decides, from time to time, whether what other threads read goes past the caches. The bits are
  /// the same, either way.
  func adapt() {
    if partCount == 1 { return }
    passesUntilMeasurement -= 1
    if passesUntilMeasurement >= 0 { return }
    passesUntilMeasurement = 256
    streams = isToldToStream ?? (pool.costOfSharedWrites() > Self.costWhereStreamingPays)
    chooseBuffers()
  }

  private func chooseBuffers() {
    trunk.useCopies(streams)
    embedding?.useCopies(streams)
  }

  /// Nanoseconds a line.
  private static let costWhereStreamingPays = 10.0

  /// Into how many parts a pass is cut. OpenBLAS may sum in another order where a product is cut,
  /// so its passes stay whole.
  var partCount: Int { Self.partCount(engine, pool) }

  private static func partCount(_ engine: Engine, _ pool: ThreadPool) -> Int {
    engine.products == .swift ? pool.threads : 1
  }
}

/// What one pass reads.
struct Pass {
  var rows: Int
  var input: MatrixHandle
  /// One a row; none if no layer has any.
  var conditions: Conditions
  /// Of the levels of these rows, if there is an embedding.
  var features: MatrixHandle?
  var parameters: MatrixHandle
  var layout: ParameterLayout
  var gradients: MatrixHandle?
  var inputGradients: MatrixHandle?
  var parametersUnchanged = false
  var loss: LossPass?
  /// Of the batch whose chunk this is.
  var firstRow = 0
  var isLast = true

  init(
    _ network: Network, _ input: MatrixHandle, _ conditions: Conditions,
    _ features: MatrixHandle?, parameters: MatrixHandle
  ) {
    rows = input.rows
    self.input = input
    self.conditions = conditions
    self.features = features
    self.parameters = parameters
    layout = network.parameters.layout
  }
}

/// The parts of passes that a pool runs, by number.
struct Tasks {
  typealias Task = @Sendable (Int) -> Void
  var forward: Task = { _ in }
  var backwardInput: Task = { _ in }
  var forwardAndBackwardInput: Task = { _ in }
  var backwardParameters: Task = { _ in }
  var update: Task = { _ in }

  init() {}

  init(_ workspace: Workspace) {
    let shared = Shared(workspace: workspace)
    forward = { shared.workspace.forwardRows($0) }
    backwardInput = { shared.workspace.backwardRows($0) }
    forwardAndBackwardInput = { shared.workspace.forwardAndBackwardRows($0) }
    backwardParameters = { shared.workspace.backwardParameters($0) }
    update = { shared.workspace.updateParameters($0) }
  }

  /// The tasks of one pass write different rows, and the pool is done with them before it returns.
  private struct Shared: @unchecked Sendable {
    unowned let workspace: Workspace
  }
}
