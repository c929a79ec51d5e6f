import LangevinPreconditions
public import LinearAlgebra

extension Sampler {
  /// A closure that is called after each tile of samples, on any thread, with the number of finished samples,
  /// and returns whether to continue.
  public typealias Progress = @Sendable (_ finished: Int) -> Bool

  /// Draws `count` samples.
  public func sample(
    count: Int, seed: UInt64, threads: Int = 1, engine: Engine = .current
  ) -> Matrix<Float> {
    drawSamples(count, seed: seed, threads: threads, engine: engine) { _ in true }
      ?? Matrix<Float>([])
  }

  /// Draws `count` samples, and reports progress.
  ///
  /// - Throws: `CancellationError` if `progress` returns false before all samples are finished.
  public func sample(
    count: Int, seed: UInt64, threads: Int = 1, engine: Engine = .current,
    progress: @escaping Progress
  ) throws(CancellationError) -> Matrix<Float> {
    let samples = drawSamples(
      count, seed: seed, threads: threads, engine: engine, progress: progress)
    guard let samples else { throw CancellationError() }
    return samples
  }

  /// Returns `count` samples; nil if `progress` cancelled the work.
  private func drawSamples(
    _ count: Int, seed: UInt64, threads: Int, engine: Engine, progress: @escaping Progress
  ) -> Matrix<Float>? {
    var result = Matrix<Float>(rows: count, columns: denoiser.dimension)
    let isComplete = result.withMutableHandle { result in
      run(
        count: count, seed: seed, threads: threads, engine: engine, progress: progress
      ) { rows, remaining, state in
        if remaining == 0 { result.rows(rows).copy(state) }
      }
    }
    return isComplete ? standardization?.invert(result) ?? result : nil
  }

  /// Draws `count` samples, and returns their trajectories: T + 1 matrices of states, from the noisiest level
  /// to the samples.
  ///
  /// Each state is scaled to a variance-preserving level, x/√(α² + σ²), so that states of all schedules are
  /// comparable, and then mapped to the space of the samples.
  public func trajectory(
    count: Int, seed: UInt64, threads: Int = 1, engine: Engine = .current
  ) -> [Matrix<Float>] {
    // One matrix holds all states while tiles write their parts of it.
    var states = Matrix<Float>(rows: levels.count * count, columns: denoiser.dimension)
    _ = states.withMutableHandle { states in
      run(count: count, seed: seed, threads: threads, engine: engine) { rows, remaining, state in
        let first = (steps - remaining) * count + rows.lowerBound
        states.rows(first..<first + rows.count).copy(state)
      }
    }
    return levels.indices.map { index in
      let points = states.rows(index * count..<(index + 1) * count)
      let scaled = levels[index].scale == 1 ? points : Float(1 / levels[index].scale) * points
      return standardization?.invert(scaled) ?? scaled
    }
  }

  /// Runs all tiles through all steps. `visit` receives each tile's rows, the number of steps that remain and
  /// the tile's states; it is called on any thread.
  @discardableResult
  private func run(
    count: Int, seed: UInt64, threads: Int, engine: Engine,
    progress: @escaping Progress = { _ in true },
    visit: @escaping @Sendable (Range<Int>, Int, MatrixHandle<Float>) -> Void
  ) -> Bool {
    require(count >= 0, "Sampler: the number of samples (\(count)) must be 0 or more")
    return forEachTile(of: count, threads: threads, progress: progress) {
      SamplingWorker(self, capacity: tileRows, engine: engine)
    } body: { worker, rows in
      worker.run(rows, seed: seed, visit: visit)
    }
  }
}

/// The memory that a thread needs to take tiles through the reverse process.
private final class SamplingWorker: @unchecked Sendable {
  private let sampler: Sampler
  private let engine: Engine
  private let start: Prior.Map
  private var runner: StageRunner
  private var states: Matrix<Float>
  private var noise: Matrix<Float>

  init(_ sampler: Sampler, capacity: Int, engine: Engine) {
    self.sampler = sampler
    self.engine = engine
    let level = sampler.levels[0]
    start =
      sampler.startingData.flatMap { $0.rows == 0 ? nil : Prior.map(diffusing: $0, at: level) }
      ?? sampler.prior.map(at: level, dimension: sampler.denoiser.dimension)
    runner = StageRunner(sampler, capacity: capacity, engine: engine)
    states = Matrix<Float>(rows: capacity, columns: sampler.denoiser.dimension)
    noise = states
  }

  /// Takes the rows `rows` of all samples from the prior to the last level.
  ///
  /// A tile is always computed whole: OpenBLAS might sum a shorter one in another order.
  func run(
    _ rows: Range<Int>, seed: UInt64, visit: (Range<Int>, Int, MatrixHandle<Float>) -> Void
  ) {
    let used = 0..<rows.count
    var remaining = sampler.steps
    runner.begin(rows: rows.lowerBound..<rows.lowerBound + states.rows)
    draw(rows, seed: seed, index: remaining)
    states.withMutableHandle { states in
      noise.withHandle { states.copy($0) }
      start.apply(to: states, first: rows.lowerBound)
      visit(rows, remaining, states.rows(used))
      for index in sampler.stages.indices {
        let stage = sampler.stages[index]
        if stage.noise != 0 {
          draw(rows, seed: seed, index: remaining - 1)
          noise.withHandle { runner.apply(stage, to: states, noise: $0) }
        } else {
          runner.apply(stage, to: states, noise: nil)
        }
        if stage.completes != nil {
          remaining -= 1
          visit(rows, remaining, states.rows(used))
        }
      }
    }
  }

  private func draw(_ rows: Range<Int>, seed: UInt64, index: Int) {
    RandomPurpose.samplingNoise.stream(seed: seed, index: index).fillNormal(
      &noise, from: UInt64(rows.lowerBound * noise.columns), engine: engine)
  }
}
