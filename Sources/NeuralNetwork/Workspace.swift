import LangevinPreconditions
package import LangevinThreading
public import LinearAlgebra

/// The memory of the passes through a network.
///
/// A workspace has the gradients and every buffer for batches of up to `capacity` rows and levels. Create it
/// once; the passes then allocate nothing.
///
/// A workspace runs one pass at a time. Several threads share the rows of the batch in the forward pass and
/// for input gradients, and the rows of the parameters for parameter gradients. One thread sums each number
/// in a fixed order, so the results have the same bits for any number of threads.
public final class Workspace {
  /// The purpose of a workspace.
  public enum Purpose: Sendable {
    /// Forward and backward passes.
    case training
    /// Forward passes only: all layers share two buffers in turn.
    case inference
  }

  /// The largest number of rows of a batch.
  public let capacity: Int
  /// The recommended capacity for training on large batches, in rows.
  ///
  /// A product sums this many rows in registers, so the gradients of chunks add up to the same bits as the
  /// gradients of a whole batch.
  public static let chunkRows = 384
  /// The engine that runs the passes.
  public let engine: Engine
  /// The gradients of the last backward pass.
  public internal(set) var gradients: Parameters

  let purpose: Purpose
  let pool: ThreadPool
  private(set) var trunk: RunningChain
  private(set) var embedding: RunningChain?
  let levels: BatchLevels
  let sorter: ConditionSorter
  private let arena: AlignedBuffer
  /// The current pass, for the tasks of the pool.
  var pass: Pass?
  /// The tasks, created once: a closure for each pass would allocate.
  private(set) var tasks = Tasks()
  /// A function that is called after each phase of a training step, on the thread that makes the step.
  package var observer: ((StepPhase) -> Void)?
  /// The current step of an optimizer.
  var step: AdamStep?
  let squaredNorms: SquaredNorms

  /// Creates a workspace for batches of up to `capacity` rows through `network`.
  ///
  /// It starts `threads - 1` threads, or fewer if the system refuses some.
  public convenience init(
    _ network: Network, capacity: Int, engine: Engine = .current, threads: Int = 1
  ) {
    self.init(network, capacity: capacity, engine: engine, pool: ThreadPool(threads: threads))
  }

  /// Creates a workspace for batches of up to `capacity` rows through `network`, with the threads of `pool`.
  package init(
    _ network: Network, capacity: Int, purpose: Purpose = .training, engine: Engine = .current,
    pool: ThreadPool
  ) {
    require(capacity >= 0, "Workspace: the capacity (\(capacity)) is negative")
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

  /// Returns `engine` with one implementation of the product for all passes.
  ///
  /// `automatic` would choose by the shape of each thread's part. The fused layers are faster than OpenBLAS
  /// at all widths, except with the baseline kernels, where OpenBLAS is faster.
  private static func resolve(_ engine: Engine) -> Engine {
    guard engine.products == .automatic else { return engine }
    return Engine(
      engine.instructionSet == .baseline ? .openBLAS : .swift, instructionSet: engine.instructionSet
    )
  }

  /// Whether threads write data for other threads with streaming stores, past the caches.
  private(set) var streams = false
  /// The value that tests set for ``streams``; nil to measure it.
  var streamingOverride: Bool?
  private var passesUntilMeasurement = 0

  /// Measures at intervals whether streaming stores pay, and sets ``streams``.
  ///
  /// The results have the same bits either way.
  func adapt() {
    if partCount == 1 { return }
    passesUntilMeasurement -= 1
    if passesUntilMeasurement >= 0 { return }
    passesUntilMeasurement = 256
    streams = streamingOverride ?? (pool.costOfSharedWrites() > Self.costWhereStreamingPays)
    chooseBuffers()
  }

  private func chooseBuffers() {
    trunk.useCopies(streams)
    embedding?.useCopies(streams)
  }

  /// The cost of a shared write above which streaming stores pay, in nanoseconds per cache line.
  private static let costWhereStreamingPays = 10.0

  /// The number of parts of a pass.
  ///
  /// OpenBLAS may sum in another order if a product is split, so its passes stay whole.
  var partCount: Int { Self.partCount(engine, pool) }

  private static func partCount(_ engine: Engine, _ pool: ThreadPool) -> Int {
    engine.products == .swift ? pool.threads : 1
  }
}

/// The inputs and options of one pass.
struct Pass {
  var rows: Int
  var input: MatrixHandle<Float>
  /// The condition of each row; empty if no layer uses conditions.
  var conditions: Conditions
  /// The features of the levels of these rows, if the network has an embedding.
  var features: MatrixHandle<Float>?
  var parameters: MatrixHandle<Float>
  var layout: ParameterLayout
  var gradients: MatrixHandle<Float>?
  var inputGradients: MatrixHandle<Float>?
  var parametersUnchanged = false
  var loss: LossPass?
  /// The index of this chunk's first row in the batch.
  var firstRow = 0
  var isLast = true

  init(
    _ network: Network, _ input: MatrixHandle<Float>, _ conditions: Conditions,
    _ features: MatrixHandle<Float>?, parameters: MatrixHandle<Float>
  ) {
    rows = input.rows
    self.input = input
    self.conditions = conditions
    self.features = features
    self.parameters = parameters
    layout = network.parameters.layout
  }
}

/// The tasks that a pool runs, by the number of the part.
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

  /// Sendable because tasks of a pass write different rows, and the pool finishes them before it returns.
  private struct Shared: @unchecked Sendable {
    unowned let workspace: Workspace
  }
}
