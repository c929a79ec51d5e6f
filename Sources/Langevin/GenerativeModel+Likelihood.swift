import Checkpoints
import Diffusion
import LangevinThreading
import LinearAlgebra
public import Tables

/// The likelihood of a row under a model.
public struct RowLikelihood: Sendable, Hashable, Codable {
  /// The logarithm of the density, in nats, in the coordinates of the model.
  ///
  /// Integers and categories are dequantized. The value is then the mean log-density of several points drawn
  /// within their steps, which is a lower bound of the logarithm of a probability.
  public let logLikelihood: Double
  /// The standard error of ``logLikelihood`` over the draws; 0 for a model of points.
  public let standardError: Double
  /// The share of the reference rows, from 0 to 1, that are less likely; nil without reference rows.
  ///
  /// A value near 0 marks an unusual row.
  public let percentile: Double?
}

/// The likelihoods of many rows, with which those of other rows are compared.
///
/// ``GenerativeModel/likelihoodReference(of:limit:draws:seed:)`` computes them.
public struct LikelihoodReference: Sendable, Hashable, Codable {
  /// The log-likelihoods, ascending.
  let values: [Double]

  /// Returns the share of the rows that are less likely than `logLikelihood`; equally likely rows count half.
  func percentile(of logLikelihood: Double) -> Double {
    let below = count { $0 < logLikelihood }
    let equal = count { $0 <= logLikelihood } - below
    return (Double(below) + 0.5 * Double(equal)) / Double(max(1, values.count))
  }

  /// Returns the number of values that `isLow` holds for, which are the first ones, by bisection.
  private func count(where isLow: (Double) -> Bool) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if isLow(values[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension GenerativeModel {
  /// Returns the likelihood of each row of `table`.
  ///
  ///     let reference = try await model.likelihoodReference(of: customers)
  ///     let score = try await model.logLikelihood(of: Table(rows: [customer]), reference: reference)[0]
  ///     if score.percentile! < 0.01 { print("unusual") }
  ///
  /// The probability flow gives the exact likelihood, up to ``RowLikelihood/standardError``. Cells may be
  /// missing in columns that had missing cells in training. If the model has conditions, the result is
  /// ln p(row | conditions). One row is enough.
  ///
  /// - Parameters:
  ///   - table: Rows with the columns of the model.
  ///   - reference: The likelihoods of training rows, for percentiles; nil omits the percentiles.
  ///   - draws: The number of draws over which dequantization, and the order of categories, are averaged.
  ///   - seed: The seed of these draws.
  /// - Throws: `CancellationError` if the task is cancelled, `TableError` if the rows do not
  ///   fit the model, `LikelihoodError`, and ``SamplingError`` if an argument is out of range.
  public func logLikelihood(
    of table: Table, reference: LikelihoodReference? = nil, draws: Int = 8, seed: UInt64 = 0
  ) async throws -> [RowLikelihood] {
    let queue = SamplingQueue.shared
    return try await waitForWork(startedBy: queue.submit) { isCancelled in
      do {
        return try logLikelihood(
          of: table, reference, draws: draws, seed: seed, threads: queue.share
        ) { _ in !isCancelled() }
      } catch LikelihoodError.cancelled {
        throw CancellationError()
      }
    }
  }

  /// Returns the likelihood of each row of `table`, computed on the caller's thread and others.
  ///
  /// In a task, prefer ``logLikelihood(of:reference:draws:seed:)``, which has the same parameters. If
  /// `threads` is nil, it uses all processors that are available to the process.
  public func logLikelihoodBlocking(
    of table: Table, reference: LikelihoodReference? = nil, draws: Int = 8, seed: UInt64 = 0,
    threads: Int? = nil
  ) throws -> [RowLikelihood] {
    try logLikelihood(of: table, reference, draws: draws, seed: seed, threads: threads) { _ in true
    }
  }

  private func logLikelihood(
    of table: Table, _ reference: LikelihoodReference?, draws: Int, seed: UInt64, threads: Int?,
    progress: @escaping Sampler.Progress
  ) throws -> [RowLikelihood] {
    let threads = threads ?? ThreadPool.availableProcessors
    if !ThreadPool.choices.contains(threads) { throw SamplingError.threads(threads) }
    var sums = [Double](repeating: 0, count: table.rowCount)
    var squares = sums
    if draws < 1 { throw SamplingError.draws(draws) }
    // Points are not dequantized, so all draws would be equal.
    let draws = configuration.table == nil ? 1 : draws
    for draw in 0..<draws {
      let values = try logDensities(
        of: coordinates(of: table, seed: seed, draw: draw), order: seed &+ UInt64(draw),
        threads: threads, progress: progress)
      for (row, value) in values.enumerated() {
        sums[row] += value
        squares[row] += value * value
      }
    }
    let count = Double(draws)
    return sums.indices.map { row in
      let mean = sums[row] / count
      let variance = max(0, squares[row] / count - mean * mean)
      return RowLikelihood(
        logLikelihood: mean,
        standardError: draws > 1 ? (variance / (count - 1)).squareRoot() : 0,
        percentile: reference?.percentile(of: mean))
    }
  }

  /// Returns the likelihoods of rows, usually those of training, with which to compare other rows.
  ///
  /// - Parameters:
  ///   - table: The rows. If there are more than `limit`, a random selection is used.
  ///   - limit: The largest number of rows.
  ///   - draws: The number of draws over which dequantization is averaged; use the same number for other
  ///     rows.
  ///   - seed: The seed of all random numbers.
  /// - Throws: The errors of ``logLikelihood(of:reference:draws:seed:)``.
  public func likelihoodReference(
    of table: Table, limit: Int = 1000, draws: Int = 8, seed: UInt64 = 0
  ) async throws -> LikelihoodReference {
    var rows = Array(0..<table.rowCount)
    RandomPurpose.dataset.stream(seed: seed, index: 3).shuffle(&rows)
    if limit < 1 { throw SamplingError.limit(limit) }
    let some = table.rows(at: rows.prefix(limit))
    return LikelihoodReference(
      values: try await logLikelihood(of: some, draws: draws, seed: seed).map(\.logLikelihood)
        .sorted())
  }

  /// Returns the rows in the model's coordinates, dequantized by the draw of this number.
  private func coordinates(of table: Table, seed: UInt64, draw: Int) throws -> Matrix<Float> {
    if let encoding = configuration.table {
      return try encoding.encode(
        table, random: RandomPurpose.dataset.stream(seed: seed, index: 4 + draw))
    }
    return try configuration.points(in: table)
  }

  private func logDensities(
    of rows: Matrix<Float>, order seed: UInt64, threads: Int, progress: @escaping Sampler.Progress
  ) throws(LikelihoodError) -> [Double] {
    if !progress(0) { throw .cancelled }
    let rows = configuration.modelRows(rows)
    var values = [Double](repeating: 0, count: rows.rows)
    if !diffusion.categories.isEmpty {
      do {
        values = try CategorySampler(diffusion).logProbabilities(
          of: rows, seed: seed, threads: threads
        ) { _ in progress(0) }
      } catch {
        throw .cancelled
      }
      if diffusion.dimension == 0 { return values }
    }
    let points = configuration.points(of: rows)
    let denoiser: any Denoiser =
      diffusion.contextWidth == 0
      ? diffusion
      : GuidedDenoiser(diffusion, contexts: rows.columns(diffusion.dimension..<rows.columns))
    let densities = try ProbabilityFlow(diffusion).logLikelihood(
      of: points, denoiser, standardization: diffusion.standardization, threads: threads,
      progress: progress
    ).values
    return zip(values, densities).map(+)
  }
}

extension RunConfiguration {
  /// Returns the numbers of a table of points, whose columns are x0, x1 … as in ``Samples/table``, followed by
  /// the context if the model has one.
  fileprivate func points(in table: Table) throws(TableError) -> Matrix<Float> {
    let columns = table.columns.map(\.numbers)
    guard columns.count == model.rowWidth,
      columns.allSatisfy({ $0.count == table.rowCount && !$0.contains(nil) })
    else {
      throw .format(
        "the model needs \(model.rowWidth) columns of numbers, none missing; give such a table")
    }
    return Matrix<Float>(rows: table.rowCount, columns: columns.count) {
      Float(columns[$1][$0] ?? 0)
    }
  }
}
