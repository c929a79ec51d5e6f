import Checkpoints
import Diffusion
import LangevinThreading
package import LinearAlgebra
package import Tables

extension GenerativeModel {
  /// Returns `table` with its missing cells filled in, conditioned on the known ones.
  ///
  ///     let filled = try await model.impute(Table(rows: [customer])).records(of: Customer.self)
  ///
  /// A missing number becomes the mean of `draws` draws, a missing category the most frequent draw. Columns
  /// that the table does not have are filled in as well. One row is enough.
  ///
  /// - Parameters:
  ///   - table: Rows with columns of the names that the model was trained on.
  ///   - draws: The number of draws of each cell; 1 returns a single random value.
  ///   - repeats: The number of times that each step is taken (RePaint: Lugmayr et al. 2022).
  ///   - steps: The number of sampling steps; nil for that of the run.
  ///   - seed: The seed of all random numbers.
  /// - Throws: `CancellationError` if the task is cancelled, and ``SamplingError`` if the table does not
  ///   fit the model or an argument is out of range.
  public func impute(
    _ table: Table, draws: Int = 20, repeats: Int = 10, steps: Int? = nil, seed: UInt64 = 0
  ) async throws -> Table {
    let queue = SamplingQueue.shared
    return try await waitForWork(startedBy: queue.submit) { isCancelled in
      try impute(
        table, draws: draws, repeats: repeats, steps: steps, seed: seed, threads: queue.share
      ) { _ in !isCancelled() }
    }
  }

  /// Returns `table` with its missing cells filled in, computed on the caller's thread and others.
  ///
  /// In a task, prefer ``impute(_:draws:repeats:steps:seed:)``, which has the same parameters. If `threads`
  /// is nil, it uses all processors that are available to the process.
  public func imputeBlocking(
    _ table: Table, draws: Int = 20, repeats: Int = 10, steps: Int? = nil, seed: UInt64 = 0,
    threads: Int? = nil
  ) throws -> Table {
    try impute(
      table, draws: draws, repeats: repeats, steps: steps, seed: seed, threads: threads
    ) { _ in true }
  }

  private func impute(
    _ table: Table, draws: Int, repeats: Int, steps: Int?, seed: UInt64, threads: Int?,
    progress: @escaping Sampler.Progress
  ) throws -> Table {
    guard let encoding = configuration.table else { throw SamplingError.noTable }
    if draws < 1 { throw SamplingError.draws(draws) }
    if repeats < 1 { throw SamplingError.repeats(repeats) }
    let threads = threads ?? ThreadPool.availableProcessors
    if !ThreadPool.choices.contains(threads) { throw SamplingError.threads(threads) }
    let rows: IncompleteRows
    let aligned: Table
    do {
      (rows, aligned) = try encoding.incompleteRows(
        of: table, random: RandomPurpose.dataset.stream(seed: seed, index: 1))
    } catch {
      throw SamplingError.table(error)
    }
    let filled = try draw(
      rows, draws: draws, repeats: repeats, steps: steps, seed: seed, threads: threads,
      progress: progress)
    return encoding.filled(aligned, rows, filled.coordinates)
  }

  /// Draws the coordinates of each incomplete row `draws` times; the draws of a row are consecutive.
  ///
  /// - Returns: The coordinates, and the number of steps of a draw.
  package func draw(
    _ rows: IncompleteRows, draws: Int, repeats: Int, steps: Int?, seed: UInt64, threads: Int,
    progress: @escaping Sampler.Progress = { _ in true }
  ) throws -> (coordinates: Matrix<Float>, steps: Int) {
    let steps = steps ?? configuration.model.samplingSteps
    try SamplingError.requireSteps(steps, of: diffusion)
    let encoding = rows.encoding
    let (points, width) = (encoding.dimension, encoding.width)
    let incomplete = rows.incompleteRows
    if !PhysicalMemory.fits(rows: draws, columns: incomplete.count * width, numbersEach: 5) {
      throw SamplingError.tooManyDraws(draws, rows: incomplete.count)
    }
    let indices = incomplete.flatMap { Array(repeating: $0, count: draws) }
    let data = rows.coordinates.rows(at: indices)
    if let variables = configuration.variables {
      return try draw(
        variables, data, known: rows.known.rows(at: indices), steps: steps, repeats: repeats,
        seed: seed, threads: threads, progress: progress)
    }
    let imputer = Imputer(
      diffusion, steps: steps, repeats: repeats,
      contexts: encoding.contextWidth == 0 ? nil : data.columns(points..<width))
    if !progress(0) { throw CancellationError() }
    let filled = try imputer.fill(
      data.columns(0..<points), known: rows.known.rows(at: indices).columns(0..<points),
      seed: seed, threads: threads, progress: progress)
    if !filled.isFinite { throw SamplingError.notFinite }
    return (
      .horizontally([filled, data.columns(points..<width)]), imputer.sampler.steps
    )
  }

  /// Draws the unknown categories of rows under their known cells, and then the unknown numbers.
  private func draw(
    _ variables: TableVariables, _ data: Matrix<Float>, known: Matrix<Float>, steps: Int?,
    repeats: Int, seed: UInt64, threads: Int, progress: @escaping Sampler.Progress
  ) throws -> (coordinates: Matrix<Float>, steps: Int) {
    if !progress(0) { throw CancellationError() }
    let rows = variables.rows(data, known: known)
    // A filled cell is not missing.
    let codes = try CategorySampler(diffusion, excludedCodes: variables.missingCodes).fill(
      rows, seed: seed, threads: threads
    ) { _ in progress(0) }
    var (filled, stepCount) = (codes, 0)
    if variables.dimension > 0 {
      let imputer = Imputer(diffusion, steps: steps, repeats: repeats, contexts: codes)
      stepCount = imputer.sampler.steps
      let numbers = rows.columns(0..<variables.dimension)
      let areKnown: Matrix<Float> = numbers.map { $0.isNaN ? 0 : 1 }
      filled = .horizontally([
        try imputer.fill(
          numbers.map { $0.isNaN ? 0 : $0 }, known: areKnown, seed: seed, threads: threads,
          progress: progress), codes,
      ])
    }
    if !filled.isFinite { throw SamplingError.notFinite }
    return (
      variables.coordinates(
        filled, random: RandomPurpose.categories.stream(seed: seed, index: 2)), stepCount
    )
  }
}
