import LangevinPreconditions
public import LinearAlgebra

/// An imputer, which draws the unknown elements of rows by the reverse process (RePaint: Lugmayr et al.
/// 2022, arXiv 2201.09865).
///
/// At each step from a level (α, σ) to the next, (α', σ'), the known elements replace the result of the
/// step:
///
///     x' = known ? α' x₀ + σ' ε : step(x)
///
/// The step found the unknown elements before the known ones of this level were set. To make both agree, the
/// imputer adds noise to return to the level before, x = (α/α') x' + √(σ² - (α/α')² σ'²) ε, and takes the
/// step again, ``repeats`` times in all. The steps are those of DDIM with η = 1.
public struct Imputer: Sendable {
  /// The sampler that takes the steps.
  public let sampler: Sampler
  /// The number of times that each step is taken.
  public let repeats: Int

  /// Creates an imputer with `denoiser`, along `levels`, from the noisiest to that of the data.
  public init(
    _ denoiser: any Denoiser, levels: [NoiseLevel], repeats: Int = 10,
    standardization: Standardization? = nil
  ) {
    require(repeats > 0, "Imputer: too few repeats (\(repeats)); use at least 1")
    require(
      levels.last.map { $0.sigma == 0 } ?? false, "Imputer: the last level must have a sigma of 0")
    sampler = Sampler(
      denoiser, levels: levels, method: .ddim(eta: 1), standardization: standardization)
    self.repeats = repeats
  }

  /// Creates an imputer with a trained model, along `steps` of its levels.
  ///
  /// With `contexts`, row i is filled under row i of `contexts`, repeated in order.
  public init(
    _ model: DiffusionModel, steps: Int? = nil, repeats: Int = 10, contexts: Matrix<Float>? = nil
  ) {
    self.init(
      contexts.map { GuidedDenoiser(model, contexts: $0) } ?? model,
      levels: model.process.levels(steps: steps ?? model.process.defaultSteps),
      repeats: repeats, standardization: model.standardization)
  }

  /// Returns `data` with its unknown elements drawn from the model, conditioned on the known ones.
  ///
  /// Row i of the result depends only on `seed`, i and row i of the arguments. `known` has the shape of
  /// `data`, and is 0 where an element is unknown. Unknown elements of `data` must be finite, but are not
  /// used.
  public func fill(
    _ data: Matrix<Float>, known: Matrix<Float>, seed: UInt64, threads: Int = 1,
    engine: Engine = .current
  ) -> Matrix<Float> {
    fillRows(data, known: known, seed: seed, threads: threads, engine: engine) { _ in true }
      ?? Matrix<Float>([])
  }

  /// Fills in `data` like ``fill(_:known:seed:threads:engine:)``, and reports progress.
  ///
  /// - Throws: `CancellationError` if `progress` returns false before all rows are finished.
  public func fill(
    _ data: Matrix<Float>, known: Matrix<Float>, seed: UInt64, threads: Int = 1,
    engine: Engine = .current,
    progress: @escaping Sampler.Progress
  ) throws(CancellationError) -> Matrix<Float> {
    let filled = fillRows(
      data, known: known, seed: seed, threads: threads, engine: engine, progress: progress)
    guard let filled else { throw CancellationError() }
    return filled
  }

  /// Returns the filled rows; nil if `progress` cancelled the work.
  private func fillRows(
    _ data: Matrix<Float>, known: Matrix<Float>, seed: UInt64, threads: Int, engine: Engine,
    progress: @escaping Sampler.Progress
  ) -> Matrix<Float>? {
    require(
      data.columns == sampler.denoiser.dimension && known.rows == data.rows
        && known.columns == data.columns,
      """
      Imputer: data of \(data.rows) × \(data.columns) and a mask of \(known.rows) × \
      \(known.columns), for states of \(sampler.denoiser.dimension) columns
      """)
    let points = sampler.standardization?.apply(to: data) ?? data
    var result = Matrix<Float>(rows: data.rows, columns: data.columns)
    let isComplete = result.withMutableHandle { result in
      forEachTile(of: data.rows, threads: threads, progress: progress) {
        ImputingWorker(self, points, known, capacity: tileRows, engine: engine)
      } body: { worker, rows in
        worker.run(rows, seed: seed, to: result.rows(rows))
      }
    }
    if !isComplete { return nil }
    let filled = sampler.standardization?.invert(result) ?? result
    return Matrix<Float>(rows: data.rows, columns: data.columns) { row, column in
      known[row, column] != 0 ? data[row, column] : filled[row, column]
    }
  }
}

/// The memory that a thread needs to fill tiles.
private final class ImputingWorker: @unchecked Sendable {
  private let imputer: Imputer
  private let points: Matrix<Float>
  private let known: Matrix<Float>
  private let engine: Engine
  private var runner: StageRunner
  private var states: Matrix<Float>
  private var noise: Matrix<Float>

  init(
    _ imputer: Imputer, _ points: Matrix<Float>, _ known: Matrix<Float>, capacity: Int,
    engine: Engine
  ) {
    self.imputer = imputer
    self.points = points
    self.known = known
    self.engine = engine
    runner = StageRunner(imputer.sampler, capacity: capacity, engine: engine)
    states = Matrix<Float>(rows: capacity, columns: points.columns)
    noise = states
  }

  /// Fills the rows `rows`. A tile is always computed whole, as in sampling.
  func run(_ rows: Range<Int>, seed: UInt64, to result: MatrixHandle<Float>) {
    let (sampler, repeats) = (imputer.sampler, imputer.repeats)
    runner.begin(rows: rows.lowerBound..<rows.lowerBound + states.rows)
    var draws = 0
    func draw() {
      RandomPurpose.imputationNoise.stream(seed: seed, index: draws).fillNormal(
        &noise, from: UInt64(rows.lowerBound * noise.columns), engine: engine)
      draws += 1
    }
    draw()
    states = noise
    let start = sampler.prior.map(at: sampler.levels[0], dimension: points.columns)
    states.withMutableHandle { start.apply(to: $0, first: rows.lowerBound) }
    for (index, stage) in sampler.stages.enumerated() {
      let (from, to) = (sampler.levels[index], sampler.levels[index + 1])
      // At a level without noise the known elements are exact, so the step is not repeated.
      for turn in 1...(to.sigma > 0 ? repeats : 1) {
        if stage.noise != 0 { draw() }
        states.withMutableHandle { states in
          noise.withHandle { runner.apply(stage, to: states, noise: stage.noise != 0 ? $0 : nil) }
        }
        if to.sigma > 0 { draw() }
        keepKnown(rows, at: to)
        if turn < repeats && to.sigma > 0 {
          draw()
          goBack(from: to, to: from)
        }
      }
    }
    states.withHandle { result.copy($0.rows(0..<rows.count)) }
  }

  private func keepKnown(_ rows: Range<Int>, at level: NoiseLevel) {
    let (signal, deviation) = (Float(level.alpha), Float(level.sigma))
    for row in 0..<rows.count {
      let index = rows.lowerBound + row
      for column in 0..<points.columns where known[index, column] != 0 {
        states[row, column] = signal * points[index, column] + deviation * noise[row, column]
      }
    }
  }

  /// Adds noise to the states, to return from one level to a noisier one.
  private func goBack(from: NoiseLevel, to: NoiseLevel) {
    let ratio = to.alpha / from.alpha
    let variance = to.sigma * to.sigma - ratio * ratio * from.sigma * from.sigma
    let deviation = Float(max(0, variance).squareRoot())
    states.withMutableHandle { states in
      noise.withHandle { noise in
        for row in 0..<states.rows {
          let x = unsafe states.base + row * states.stride
          let z = unsafe noise.base + row * noise.stride
          for column in 0..<states.columns {
            unsafe x[column] = Float(ratio) * x[column] + deviation * z[column]
          }
        }
      }
    }
  }
}
