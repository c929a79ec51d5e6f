public import LinearAlgebra
import NeuralNetwork
import Synchronization
import Threading

extension AncestralSampler {
  /// How many points go through all steps together: their states, the layers' buffers and the
  /// weights fit the second-level cache.
  private static let tileRows = 128

  /// `count` samples.
  public func sample(
    count: Int, seed: UInt64, threads: Int = 1, engine: Engine = .current
  ) -> Matrix {
    var result = Matrix(rows: count, columns: model.dimension)
    run(count: count, seed: seed, threads: threads, engine: engine, into: &result) { _, _, _ in }
    return result
  }

  /// All states of `count` samples: x_T first, the samples last, T + 1 matrices.
  public func trajectory(
    count: Int, seed: UInt64, threads: Int = 1, engine: Engine = .current
  ) -> [Matrix] {
    let steps = model.schedule.steps
    let columns = model.dimension
    var result = Matrix(rows: count, columns: columns)
    // One matrix holds them all while tiles write their parts of it.
    var states = Matrix(rows: (steps + 1) * count, columns: columns)
    states.withMutableHandle { states in
      run(count: count, seed: seed, threads: threads, engine: engine, into: &result) {
        rows, remaining, state in
        let first = (steps - remaining) * count + rows.lowerBound
        states.rows(first..<first + rows.count).copy(state)
      }
    }
    return (0...steps).map { states.rows($0 * count..<($0 + 1) * count) }
  }

  /// Runs all tiles through all steps. `visit` sees each tile's rows, the number of steps that
  /// remain, and its state; it is called on any thread.
  private func run(
    count: Int, seed: UInt64, threads: Int, engine: Engine, into result: inout Matrix,
    visit: @escaping @Sendable (Range<Int>, Int, MatrixHandle) -> Void
  ) {
    precondition(count >= 0, "AncestralSampler: \(count) is not a number of samples")
    let tiles = (count + Self.tileRows - 1) / Self.tileRows
    let pool = ThreadPool(threads: max(1, min(threads, tiles)))
    let nextTile = Atomic<Int>(0)
    OpenBLAS.withOneThread {
      result.withMutableHandle { result in
        // A task a thread, with memory of its own; whoever is free takes the next tile.
        pool.run(pool.threads) { _ in
          let worker = TileWorker(self, capacity: Self.tileRows, engine: engine)
          while true {
            let tile = nextTile.add(1, ordering: .relaxed).oldValue
            if tile >= tiles { return }
            let rows = tile * Self.tileRows..<min(count, (tile + 1) * Self.tileRows)
            worker.run(rows, seed: seed, samples: result.rows(rows), visit: visit)
          }
        }
      }
    }
  }
}

/// The memory that a thread needs to take tiles through the reverse process.
private final class TileWorker: @unchecked Sendable {
  private let sampler: AncestralSampler
  private let workspace: Workspace
  private var states: Matrix
  private var noise: Matrix
  private var timesteps: [Int32]
  private var hasRun = false

  init(_ sampler: AncestralSampler, capacity: Int, engine: Engine) {
    self.sampler = sampler
    workspace = Workspace(
      sampler.model.network, capacity: capacity, purpose: .inference, engine: engine)
    states = Matrix(rows: capacity, columns: sampler.model.dimension)
    noise = states
    timesteps = Array(repeating: 0, count: capacity)
  }

  /// Takes rows `rows` of all samples from x_T to the end; `samples` becomes the samples.
  ///
  /// A tile is always computed whole: OpenBLAS might sum a shorter one in another order.
  func run(
    _ rows: Range<Int>, seed: UInt64, samples: MatrixHandle,
    visit: (Range<Int>, Int, MatrixHandle) -> Void
  ) {
    let steps = sampler.model.schedule.steps
    let used = 0..<rows.count
    draw(rows, seed: seed, index: steps)
    states.withMutableHandle { states in
      noise.withHandle { states.copy($0) }
      visit(rows, steps, states.rows(used))
      // A stride: in a debug build a reversed range allocates at each step.
      for t in stride(from: steps - 1, through: 0, by: -1) {
        for i in timesteps.indices { timesteps[i] = Int32(t) }
        let estimate = unsafe timesteps.withUnsafeBufferPointer { buffer in
          guard let base = buffer.baseAddress else { preconditionFailure("a tile without rows") }
          return workspace.forward(
            sampler.model.network, states,
            conditions: unsafe Conditions(base: base, count: buffer.count),
            parametersUnchanged: hasRun)
        }
        hasRun = true
        if sampler.addsNoise(at: t) {
          draw(rows, seed: seed, index: t)
          noise.withHandle { sampler.update(states, timestep: t, estimate: estimate, noise: $0) }
        } else {
          sampler.update(states, timestep: t, estimate: estimate, noise: nil)
        }
        visit(rows, t, states.rows(used))
      }
      samples.copy(states.rows(used))
    }
  }

  private func draw(_ rows: Range<Int>, seed: UInt64, index: Int) {
    RandomPurpose.samplingNoise.stream(seed: seed, index: index).fillNormal(
      &noise, from: UInt64(rows.lowerBound * noise.columns), engine: workspace.engine)
  }
}
